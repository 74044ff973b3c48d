"""A relying application on Authlib and Flask, as its documentation shows it.

Started by authlib.ts, which tells it who it is in the environment variable RELYING_APP (JSON). Each page answers with what
the application then knows, as JSON.
"""

import json
import os

from authlib.integrations.flask_client import OAuth
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from flask import Flask, session
from joserfc.jwk import ECKey

told = json.loads(os.environ["RELYING_APP"])
app = Flask(__name__)
app.secret_key = os.urandom(32)
app.config["SESSION_COOKIE_NAME"] = "relying_app"

uses_key = told["way"] == "private_key_jwt"
fobwatch = OAuth(app).register(
    "fobwatch",
    client_id=told["id"],
    client_secret=ECKey.import_key(told["privateJwk"]) if uses_key else told["secret"],
    client_auth_methods=[PrivateKeyJWT(alg="ES256")] if uses_key else None,
    server_metadata_url=told["issuer"] + "/.well-known/openid-configuration",
    client_kwargs={
        "scope": told["scope"],
        "code_challenge_method": "S256",
        "token_endpoint_auth_method": told["way"],
    },
)


@app.get("/sign-in")
def sign_in():
    return fobwatch.authorize_redirect(told["redirectUri"])


@app.get("/use-api")
def use_api():
    session["for_api"] = True
    return fobwatch.authorize_redirect(told["redirectUri"], scope=told["apiScope"], resource=told["api"])


@app.get("/callback")
def callback():
    """Authlib checks state, nonce and the ID token's signature, against the keys that discovery names."""
    token = fobwatch.authorize_access_token()
    if session.pop("for_api", False):
        return {"apiAnswer": fobwatch.get(told["api"], token=token).json()}

    session["id_token"] = token["id_token"]
    return {
        "idToken": token["userinfo"],
        "idTokenText": token["id_token"],
        "userinfo": fobwatch.userinfo(token=token),
        "accessToken": token["access_token"],
    }


@app.get("/sign-out")
def sign_out():
    return fobwatch.logout_redirect(
        post_logout_redirect_uri=told["afterSignOutUri"], id_token_hint=session.pop("id_token")
    )


@app.get("/signed-out")
def signed_out():
    fobwatch.validate_logout_response()
    return {"signedOut": True}


app.run("127.0.0.1", told["port"])
