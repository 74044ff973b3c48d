//! Shows every token of a task (the JSON file that is named) to jsonwebtoken, used as its documentation shows a careful
//! user, and then as our guides advise. Prints a verdict a line.

use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{decode, decode_header, Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::error::Error;

const VERSION: &str = "11.1.0";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Task {
    issuer: String,
    jwks_uri: String,
    audience: String,
    client_id: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    kind: String,
    name: String,
    token: String,
}

#[derive(Serialize)]
struct Verdict<'a> {
    library: &'a str,
    version: &'a str,
    language: &'a str,
    r#use: &'a str,
    kind: &'a str,
    name: &'a str,
    taken: bool,
    why: Option<String>,
}

/// The key that the token names, and the algorithm that the issuer publishes it for.
fn key_for<'a>(keys: &'a JwkSet, token: &str) -> Result<(&'a Jwk, Algorithm), Box<dyn Error>> {
    let kid = decode_header(token)?.kid.ok_or("no kid")?;
    let jwk = keys.find(&kid).ok_or("no such key")?;
    let algorithm = jwk.common.key_algorithm.ok_or("no alg")?.to_string().parse()?;
    Ok((jwk, algorithm))
}

fn documented(task: &Task, keys: &JwkSet, case: &Case) -> Result<(), Box<dyn Error>> {
    let (jwk, algorithm) = key_for(keys, &case.token)?;
    decode::<Value>(&case.token, &DecodingKey::from_jwk(jwk)?, &expected(task, case, algorithm))?;
    Ok(())
}

fn expected(task: &Task, case: &Case, algorithm: Algorithm) -> Validation {
    let mut validation = Validation::new(algorithm);
    validation.set_issuer(&[&task.issuer]);
    validation.set_audience(&[if case.kind == "access" { &task.audience } else { &task.client_id }]);
    validation
}

fn advised(task: &Task, keys: &JwkSet, case: &Case) -> Result<(), Box<dyn Error>> {
    let (jwk, algorithm) = key_for(keys, &case.token)?;
    let mut validation = expected(task, case, algorithm);
    validation.validate_nbf = true;
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let header = decode::<Value>(&case.token, &DecodingKey::from_jwk(jwk)?, &validation)?.header;
    if header.crit.is_some() {
        return Err("an extension that must be understood".into());
    }
    let typ = header.typ.unwrap_or("JWT".into());
    let is_right = if case.kind == "access" { typ.eq_ignore_ascii_case("at+jwt") } else { typ == "JWT" };
    if is_right { Ok(()) } else { Err(format!("wrong typ: {typ}").into()) }
}

type Read = fn(&Task, &JwkSet, &Case) -> Result<(), Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a task")?;
    let task: Task = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    let keys: JwkSet = serde_json::from_str(&ureq::get(&task.jwks_uri).call()?.body_mut().read_to_string()?)?;
    for (r#use, read) in [("documented", documented as Read), ("advised", advised)] {
        for case in &task.cases {
            let why = read(&task, &keys, case).err().map(|error| error.to_string());
            let (kind, name) = (case.kind.as_str(), case.name.as_str());
            let (library, version, language) = ("jsonwebtoken (Rust)", VERSION, "Rust");
            let verdict = Verdict { library, version, language, r#use, kind, name, taken: why.is_none(), why };
            println!("{}", serde_json::to_string(&verdict)?);
        }
    }
    Ok(())
}
