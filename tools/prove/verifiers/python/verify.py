"""Shows every token of a task (the JSON file that is named) to the libraries of requirements.txt.

Each is used as its documentation shows a careful user, and then as our guides advise. Prints a verdict a line.
"""

import json
import sys
import time
from importlib.metadata import version

import jwcrypto.jwk
import jwcrypto.jwt
import jwt as pyjwt
import requests
from jose import jwt as python_jose
from joserfc import jwt as joserfc_jwt
from joserfc.jwk import KeySet

with open(sys.argv[1], encoding="utf-8") as file:
    task = json.load(file)

ISSUER = task["issuer"]
AUDIENCE = {"access": task["audience"], "id": task["clientId"]}
ALGORITHMS = ["ES256", "RS256", "PS256", "EdDSA"]


def check_type(kind, header):
    """The type of the token, by which an ID token is never taken for an access token (RFC 8725 section 3.11)."""
    typ = header.get("typ", "JWT")
    if (typ.lower() != "at+jwt") if kind == "access" else (typ != "JWT"):
        raise ValueError(f"wrong typ: {typ}")


# PyJWT, with its own client for the keys.
signing_keys = pyjwt.PyJWKClient(task["jwksUri"])


def by_pyjwt(kind, token, **options):
    key = signing_keys.get_signing_key_from_jwt(token)
    return pyjwt.decode_complete(
        token, key, algorithms=ALGORITHMS, audience=AUDIENCE[kind], issuer=ISSUER, options=options
    )


def by_pyjwt_advised(kind, token):
    check_type(kind, by_pyjwt(kind, token, require=["exp", "iss", "aud", "sub"])["header"])


# joserfc, on which Authlib stands.
key_set = KeySet.import_key_set(requests.get(task["jwksUri"], timeout=10).json())


def by_joserfc(kind, token):
    decoded = joserfc_jwt.decode(token, key_set, algorithms=["ES256", "RS256", "PS256", "Ed25519", "EdDSA"])
    joserfc_jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": ISSUER}, aud={"essential": True, "value": AUDIENCE[kind]}
    ).validate(decoded.claims)
    return decoded


def by_joserfc_advised(kind, token):
    decoded = by_joserfc(kind, token)
    joserfc_jwt.JWTClaimsRegistry(exp={"essential": True}, sub={"essential": True}).validate(decoded.claims)
    check_type(kind, decoded.header)


# python-jose takes the whole set of keys. It wants the access token that an ID token came with; here is none.
ALONE = {"verify_at_hash": False}
keys = requests.get(task["jwksUri"], timeout=10).json()


def by_python_jose(kind, token):
    return python_jose.decode(
        token, keys, algorithms=["ES256", "RS256"], audience=AUDIENCE[kind], issuer=ISSUER, options=ALONE
    )


def by_python_jose_advised(kind, token):
    """One key, by its id: the set is tried from its beginning, and a key of another type ends the search."""
    header = python_jose.get_unverified_header(token)
    if "crit" in header:
        raise ValueError("an extension that must be understood")
    [key] = [each for each in keys["keys"] if each["kid"] == header.get("kid")]
    required = {f"require_{claim}": True for claim in ("exp", "iss", "aud", "sub")} | ALONE
    python_jose.decode(
        token, key, algorithms=[key["alg"]], audience=AUDIENCE[kind], issuer=ISSUER, options=required
    )
    check_type(kind, header)


# jwcrypto
jwk_set = jwcrypto.jwk.JWKSet.from_json(requests.get(task["jwksUri"], timeout=10).text)


def by_jwcrypto(kind, token, claims=None):
    return jwcrypto.jwt.JWT(
        jwt=token,
        key=jwk_set,
        algs=ALGORITHMS,
        expected_type="JWS",
        check_claims={"iss": ISSUER, "aud": AUDIENCE[kind], "exp": None, **(claims or {})},
    )


def by_jwcrypto_advised(kind, token):
    """It looks at the claims that it is told of, and at no others: `nbf` where there is one is for us to do."""
    decoded = by_jwcrypto(kind, token, {"sub": None})
    if json.loads(decoded.claims).get("nbf", 0) > time.time() + 60:
        raise ValueError("not yet valid")
    check_type(kind, json.loads(decoded.header))


LIBRARIES = {
    "PyJWT": (by_pyjwt, by_pyjwt_advised),
    "joserfc": (by_joserfc, by_joserfc_advised),
    "python-jose": (by_python_jose, by_python_jose_advised),
    "jwcrypto": (by_jwcrypto, by_jwcrypto_advised),
}

for library, readers in LIBRARIES.items():
    for use, read in zip(("documented", "advised"), readers):
        for case in task["cases"]:
            shown = {"library": library, "version": version(library), "language": "Python", "use": use}
            shown |= {"kind": case["kind"], "name": case["name"]}
            try:
                read(case["kind"], case["token"])
                print(json.dumps(shown | {"taken": True}))
            except Exception as error:  # each library has errors of its own, and some let others through
                print(json.dumps(shown | {"taken": False, "why": f"{type(error).__name__}: {error}"}))
