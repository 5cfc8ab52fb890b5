"""How a client built by someone else calls the API."""

API = "/api/v1/"
ANSWERS = f"{API}respondents/me/answers/"
ALL_CONSENTS = {"participate": True, "publish_texts": True, "name_structure": True}


def send(client, method, address, body=None, **more):
    call = getattr(client, method)
    return call(address, body or {}, content_type="application/json", **more)


def save(client, bearer, version, answers):
    return send(client, "patch", ANSWERS, {"version": version, "answers": answers}, **bearer)
