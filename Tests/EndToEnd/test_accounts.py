"""Who may come in: the first administrator, names and passwords, lockout, sessions, tokens, other sites."""

import re
import uuid

import httpx
import pytest

from house.client import Client, trusting

PASSWORD = "一条长长的口令 correct horse"


def from_address(daemon, address: str) -> Client:
    """A client that comes from another of this machine's loopback addresses."""
    transport = httpx.HTTPTransport(verify=trusting(daemon.ca), local_address=address)
    return daemon.client(transport=transport)


def session(client: Client, username: str, password: str, **more) -> httpx.Response:
    return client.post("/api/v1/session", json={"username": username, "password": password, **more})


def test_the_first_administrator_comes_by_the_one_time_code(daemon):
    one = daemon()
    code = re.search(r"first administrator: (\S+)", one.init()).group(1)
    one.start()
    client = one.client()
    page = client.get("/first")
    assert page.status_code == 200
    hidden = re.search(r'<input[^>]*name="([^"]+)"[^>]*value="([0-9a-f-]{36})"', page.text)
    form = {"code": "wrong", "username": "root", "name": "管理员", "password": PASSWORD, hidden[1]: hidden[2]}
    own = {"Sec-Fetch-Site": "same-origin", "Origin": one.url}
    refused = client.post("/first", data=form, headers=own)
    assert refused.status_code == 422 and "口令不对" in refused.text
    assert client.post("/first", data={**form, "code": code, "password": "kurz"}, headers=own).status_code == 422
    assert session(client, "root", PASSWORD).status_code == 401
    made = client.post("/first", data={**form, "code": code}, headers=own)
    assert made.status_code == 303 and made.headers["Location"] == "/login"
    assert session(client, "root", PASSWORD).status_code == 201
    assert client.get("/api/v1/session").json()["role"] == "admin"
    # The code is good for one.
    assert client.get("/first").status_code == 404
    assert client.post("/first", data={**form, "code": code, "username": "second"}, headers=own).status_code == 404


def test_login_cookie_and_logout(served):
    daemon, accounts = served
    client = daemon.client()
    assert client.get("/api/v1/session").status_code == 401
    wrong = session(client, "lead", "wrong")
    nobody = session(client, "nobody", "wrong")
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json() == nobody.json(), "which of name and password was wrong must not be told"
    begun = session(client, "lead", accounts.passwords["lead"])
    cookie = begun.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    for part in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"]:
        assert part.lower() in cookie.lower()
    assert "token" not in begun.json() and accounts.passwords["lead"] not in begun.text
    told = client.read("/api/v1/session")
    assert (told["username"], told["role"]) == ("lead", "lead") and "password" not in str(told).lower()
    kept = dict(client.cookies)
    ended = client.delete("/api/v1/session", headers={"Sec-Fetch-Site": "same-origin"})
    assert ended.status_code == 204 and "Clear-Site-Data" in ended.headers
    again = daemon.client(cookies=kept)
    assert again.get("/api/v1/session").status_code == 401, "the ended session must not come back"


def test_a_session_outlives_a_restart_and_ends_with_its_shift(staffed, clock):
    one, accounts = staffed(clock=clock)
    one.start()
    client = accounts.client("lead")
    one.restart()
    assert client.get("/api/v1/session").status_code == 200
    clock.advance(hours=25)
    assert client.get("/api/v1/session").status_code == 401


def test_a_bearer_token_for_scripts(served):
    daemon, accounts = served
    client = daemon.client()
    begun = session(client, "lead", accounts.passwords["lead"], bearer=True)
    assert begun.status_code == 201 and "Set-Cookie" not in begun.headers
    bearer = {"Authorization": f"Bearer {begun.json()['token']}"}
    assert client.get("/api/v1/session", headers=bearer).json()["username"] == "lead"
    for bad in ["Bearer x", "Bearer", f"Basic {begun.json()['token']}", f"Bearer {begun.json()['token']}x"]:
        refused = client.get("/api/v1/session", headers={"Authorization": bad})
        assert refused.status_code == 401 and "WWW-Authenticate" in refused.headers
    assert client.delete("/api/v1/session", headers=bearer).status_code == 204
    assert client.get("/api/v1/session", headers=bearer).status_code == 401


def test_guessing_is_slowed_and_locks_no_colleague_out(served):
    daemon, accounts = served
    guesser = daemon.client()
    codes = []
    for number in range(30):
        answer = session(guesser, "lead", f"guess {number}")
        codes.append(answer.status_code)
        if answer.status_code == 429:
            assert int(answer.headers["Retry-After"]) > 0
            break
    assert codes[-1] == 429 and set(codes[:-1]) == {401} and len(codes) > 3
    # The right password from the guesser's place must wait as well; the colleague at another device need not.
    assert session(guesser, "lead", accounts.passwords["lead"]).status_code == 429
    colleague = from_address(daemon, "127.0.0.2")
    assert session(colleague, "lead", accounts.passwords["lead"]).status_code == 201


def test_accounts_are_the_administrators(served):
    daemon, accounts = served
    new = {"username": "fresh", "name": "新护士", "role": "escort", "medical": True, "password": PASSWORD}
    for name in ["lead", "staff", "nurse", "escort", "organizer"]:
        client = accounts.client(name)
        assert client.write("/api/v1/accounts", new).status_code == 403
        assert client.get("/api/v1/accounts").status_code == 403
        assert client.get("/accounts").status_code == 403
    admin = accounts.client("admin")
    key = str(uuid.uuid4())
    made = admin.write("/api/v1/accounts", new, key)
    assert made.status_code == 201, made.text
    assert admin.write("/api/v1/accounts", {**new, "username": "other"}, key).status_code == 409
    taken = admin.write("/api/v1/accounts", new)
    assert taken.status_code == 409 and taken.json()["faults"][0]["field"] == "username"
    listed = {one["username"]: one for one in admin.read("/api/v1/accounts")["accounts"]}
    assert listed["fresh"]["medical"] is True and "argon2" not in str(listed)
    assert session(daemon.client(), "fresh", PASSWORD).status_code == 201
    for change in [{"password": "short"}, {"role": "king"}, {"username": ""}, {"name": "a" * 41}, {"extra": 1}]:
        refused = admin.write("/api/v1/accounts", {**new, "username": "fresher", **change})
        assert refused.status_code == 422
        assert [fault["field"] for fault in refused.json()["faults"]] == list(change)


def test_a_disabled_account_is_out_at_once(served):
    daemon, accounts = served
    staff = accounts.client("staff")
    admin = accounts.client("admin")
    assert staff.get("/api/v1/session").status_code == 200
    listed = {one["username"]: one["id"] for one in admin.read("/api/v1/accounts")["accounts"]}
    own = {"Sec-Fetch-Site": "same-origin", "Origin": daemon.url}
    done = admin.post(f"/accounts/{listed['staff']}/disabled", data={"disabled": "true"}, headers=own)
    assert done.status_code == 303, done.text
    assert staff.get("/api/v1/session").status_code == 401
    assert session(daemon.client(), "staff", accounts.passwords["staff"]).status_code == 401


def test_who_has_forgotten_the_password_gets_another(served):
    daemon, accounts = served
    staff, admin = accounts.client("staff"), accounts.client("admin")
    listed = {one["username"]: one["id"] for one in admin.read("/api/v1/accounts")["accounts"]}
    own = {"Sec-Fetch-Site": "same-origin", "Origin": daemon.url}
    page = f"/accounts/{listed['staff']}/password"
    short = admin.post(page, data={"password": "short"}, headers=own)
    assert short.status_code == 422 and "密码要" in short.text and staff.get("/api/v1/session").status_code == 200
    assert admin.post(page, data={"password": "a quite new password"}, headers=own).status_code == 303
    assert staff.get("/api/v1/session").status_code == 401, "whoever had the old one is out"
    assert session(daemon.client(), "staff", accounts.passwords["staff"]).status_code == 401
    assert session(daemon.client(), "staff", "a quite new password").status_code == 201
    assert accounts.client("lead").post(page, data={"password": "another password"}, headers=own).status_code == 403


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, True), ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "same-origin"}, False), ({"Origin": "https://evil.example"}, True),
        ({"Origin": "null"}, True), ({"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, True),
    ],
)
def test_another_site_writes_nothing(served, headers, refused):
    daemon, accounts = served
    admin = accounts.client("admin")
    before = len(admin.read("/api/v1/accounts")["accounts"])
    new = {"username": "planted", "name": "种", "role": "staff", "password": PASSWORD}
    answers = [
        admin.write("/api/v1/accounts", new, headers=headers),
        admin.post("/accounts", data=new, headers=headers),
    ]
    if refused:
        assert [answer.status_code for answer in answers] == [403, 403]
        assert len(admin.read("/api/v1/accounts")["accounts"]) == before
    else:
        assert answers[0].status_code == 201


def test_a_login_leads_to_own_pages_only(served):
    daemon, accounts = served
    own = {"Sec-Fetch-Site": "same-origin", "Origin": daemon.url}
    for target, place in [("/accounts", "/accounts"), ("//evil.example", "/"), ("https://evil.example", "/"),
                          ("/\\evil.example", "/"), ("/a\r\nSet-Cookie: x=1", "/")]:
        answer = daemon.client().post("/login", headers=own, data={
            "username": "admin", "password": accounts.passwords["admin"], "next": target})
        assert answer.status_code == 303 and answer.headers["Location"] == place, target


def test_pages_send_strangers_to_the_login(served):
    daemon, _ = served
    answer = daemon.client().get("/accounts?x=1", headers={"Accept": "text/html"})
    assert answer.status_code == 303 and answer.headers["Location"] == "/login?next=%2Faccounts%3Fx%3D1"


def test_what_is_no_page_may_load_nothing(house):
    for path in ["/api/v1/batches", "/healthz", "/accounts"]:  # data, text, and the way to another page
        answer = house.get(path)
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'", path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_pages_forbid_foreign_scripts_and_frames(house):
    page = house.get("/login", headers={"Accept": "text/html"})
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy and "style-src 'self'" in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY" and page.headers["Referrer-Policy"] == "no-referrer"
    assert "microphone=()" in page.headers["Permissions-Policy"]
    assert "<script>" not in page.text and "style=" not in page.text and "onclick" not in page.text
