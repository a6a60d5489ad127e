-- wrk's script: check-ins with an identity each (POST), or one page again and again (GET).
-- LOAD names a Lua file with: method, path, cookie, run (a number that no other run has), participants.

local load = dofile(os.getenv("LOAD"))
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local headers = {["Sec-Fetch-Site"] = "same-origin"}
if load.cookie then headers["Cookie"] = load.cookie end
wrk.headers["Cookie"] = load.cookie
local count = 0

-- A version 4 UUID whose parts are the run, the thread and the number of the request.
local function identity()
  return string.format("%08x-%04x-4000-8000-%012x", load.run, number, count)
end

local function check_in()
  count = count + 1
  headers["Content-Type"] = "application/json"
  headers["Idempotency-Key"] = identity()
  local participant = load.participants[count % #load.participants + 1]
  local body = string.format(
    '{"participant":"%s","occurredAt":%d,"readings":{"respirationRate":%d,"oxygenSaturation":%d,"oxygenScale":1,'
      .. '"supplementalOxygen":false,"systolic":%d,"diastolic":%d,"pulse":%d,"consciousness":"A",'
      .. '"temperature":36.%d}}',
    participant, load.occurred, 14 + count % 5, 96 + count % 4, 115 + count % 20, 70 + count % 10, 62 + count % 20,
    3 + count % 5)
  return wrk.format("POST", load.path, headers, body)
end

-- A page needs no script of its own: wrk sends the same request again, which costs the generator least.
if load.method == "POST" then request = check_in end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"seconds":%.6f,"p50":%.4f,"p99":%.4f,"refused":%d,"broken":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
