-- wrk's script: check-ins with an identity each (POST), or one page again and again (GET).
-- LOAD names a Lua file with: method, path, cookie, run (a number that no other run has), participants.

local load = dofile(os.getenv("LOAD"))
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

wrk.headers["Cookie"] = load.cookie
local count = 0
-- What comes before and after a check-in's identity, each with its own participant and readings.
local parts = {}

-- The requests are made before they are counted: the generator shares its two cores with what is measured.
local function prepare()
  local headers = {
    ["Cookie"] = load.cookie, ["Sec-Fetch-Site"] = "same-origin", ["Content-Type"] = "application/json",
    ["Idempotency-Key"] = "IDENTITY",
  }
  for number = 1, #load.participants * 20 do
    local body = string.format(
      '{"participant":"%s","occurredAt":%d,"readings":{"respirationRate":%d,"oxygenSaturation":%d,"oxygenScale":1,'
        .. '"supplementalOxygen":false,"systolic":%d,"diastolic":%d,"pulse":%d,"consciousness":"A",'
        .. '"temperature":36.%d}}',
      load.participants[number % #load.participants + 1], load.occurred, 14 + number % 5, 96 + number % 4,
      115 + number % 20, 70 + number % 10, 62 + number % 20, 3 + number % 5)
    local whole = wrk.format("POST", load.path, headers, body)
    local from, to = whole:find("IDENTITY", 1, true)
    parts[number] = {whole:sub(1, from - 1), whole:sub(to + 1)}
  end
end

-- Each has an identity of its own, a version 4 UUID: the run, the thread and the number of the request.
local function check_in()
  count = count + 1
  local part = parts[count % #parts + 1]
  return part[1] .. string.format("%08x-%04x-4000-8000-%012x", load.run, number, count) .. part[2]
end

-- A page needs no script of its own: wrk sends the same request again, which costs the generator least.
if load.method == "POST" then
  request = check_in
  init = prepare
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%.6f,"p50":%.4f,"p99":%.4f,"refused":%d,"broken":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
