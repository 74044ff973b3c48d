import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Shows every token of a task (the JSON file that is named) to the libraries of pom.xml, each used as its documentation
 * shows a careful user, and then as our guides advise. Prints a verdict a line.
 */
public final class Verify {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> REQUIRED = Set.of("exp", "iat", "sub", "iss", "aud");

  /** Throws unless the token is good. */
  private interface Reader {
    void read(String token) throws Exception;
  }

  private record Task(String issuer, String jwksUri, String audience, String clientId, JsonNode cases) {
    String audienceOf(String kind) {
      return kind.equals("access") ? audience : clientId;
    }
  }

  /** How a library reads a kind of token in a use. */
  private interface Use {
    Reader of(Task task, String kind) throws Exception;
  }

  public static void main(String[] arguments) throws Exception {
    JsonNode told = JSON.readTree(new File(arguments[0]));
    Task task = new Task(told.get("issuer").asText(), told.get("jwksUri").asText(), told.get("audience").asText(),
        told.get("clientId").asText(), told.get("cases"));
    tell(task, "nimbus-jose-jwt", Verify::nimbus, Verify::nimbusAdvised, JWTClaimsSet.class);
    tell(task, "jjwt", Verify::jjwt, Verify::jjwtAdvised, Jwts.class);
    tell(task, "Spring Security", Verify::spring, Verify::springAdvised, Jwt.class);
  }

  // nimbus-jose-jwt, as its guide for access tokens shows it.

  private static Reader nimbus(Task task, String kind) throws Exception {
    return nimbus(task, kind, Set.of());
  }

  private static Reader nimbusAdvised(Task task, String kind) throws Exception {
    return nimbus(task, kind, REQUIRED);
  }

  private static Reader nimbus(Task task, String kind, Set<String> required) throws Exception {
    JWKSource<SecurityContext> keys = JWKSourceBuilder.create(new URI(task.jwksUri()).toURL()).rateLimited(false).build();
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    // By itself it takes tokens of the type JWT, and those of none; this is how an access token is let in.
    processor.setJWSTypeVerifier(kind.equals("access")
        ? new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"))
        : DefaultJOSEObjectTypeVerifier.JWT);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
        Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.EdDSA), keys));
    processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(Set.of(task.audienceOf(kind)),
        new JWTClaimsSet.Builder().issuer(task.issuer()).build(), required, null));
    return token -> processor.process(token, null);
  }

  // jjwt, with the keys of the set by their ids.

  private static Reader jjwt(Task task, String kind) throws Exception {
    Map<String, Key> keys = new HashMap<>();
    for (Jwk<? extends Key> each : Jwks.setParser().build().parse(fetch(task.jwksUri()))) keys.put(each.getId(), each.toKey());
    var parser = Jwts.parser()
        .keyLocator(header -> keys.get(((io.jsonwebtoken.ProtectedHeader) header).getKeyId()))
        .requireIssuer(task.issuer())
        .requireAudience(task.audienceOf(kind))
        .build();
    return parser::parseSignedClaims;
  }

  private static Reader jjwtAdvised(Task task, String kind) throws Exception {
    Reader documented = jjwt(task, kind);
    return token -> {
      documented.read(token);
      JsonNode claims = part(token, 1);
      if (!claims.path("exp").isNumber() || claims.path("sub").asText().isEmpty()) throw new Exception("no exp, or no sub");
      checkType(kind, part(token, 0).path("typ").asText("JWT"));
    };
  }

  // Spring Security: what spring.security.oauth2.resourceserver.jwt.* with issuer-uri, audiences and jws-algorithms makes.

  private static Reader spring(Task task, String kind) {
    List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
    validators.add(JwtValidators.createDefaultWithIssuer(task.issuer()));
    validators.add(audienceIs(task.audienceOf(kind)));
    return reader(NimbusJwtDecoder.withIssuerLocation(task.issuer()), validators);
  }

  private static Reader springAdvised(Task task, String kind) {
    List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
    // Types are for the validators below, so that the decoder leaves them alone.
    if (kind.equals("access")) {
      validators.add(JwtValidators.createAtJwtValidator().issuer(task.issuer()).audience(task.audience())
          .clientId(task.clientId()).build());
    } else {
      JwtTypeValidator type = new JwtTypeValidator("JWT");
      type.setAllowEmpty(true);
      validators.addAll(List.of(type, new JwtTimestampValidator(), new JwtIssuerValidator(task.issuer()),
          audienceIs(task.clientId()), new JwtClaimValidator<Object>("exp", value -> value != null),
          new JwtClaimValidator<Object>("sub", value -> value != null)));
    }
    return reader(NimbusJwtDecoder.withIssuerLocation(task.issuer()).validateType(false), validators);
  }

  private static Reader reader(NimbusJwtDecoder.JwkSetUriJwtDecoderBuilder builder,
      List<OAuth2TokenValidator<Jwt>> validators) {
    NimbusJwtDecoder decoder = builder.jwsAlgorithm(SignatureAlgorithm.ES256).jwsAlgorithm(SignatureAlgorithm.RS256)
        .jwsAlgorithm(SignatureAlgorithm.PS256).build();
    decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
    JwtDecoder asInterface = decoder;
    return asInterface::decode;
  }

  private static OAuth2TokenValidator<Jwt> audienceIs(String audience) {
    return new JwtClaimValidator<List<String>>("aud", named -> named != null && named.contains(audience));
  }

  // What all share.

  /** By its type an ID token is never taken for an access token (RFC 8725 section 3.11). */
  private static void checkType(String kind, String typ) throws Exception {
    if (kind.equals("access") ? !typ.equalsIgnoreCase("at+jwt") : !typ.equals("JWT")) throw new Exception("wrong typ: " + typ);
  }

  private static JsonNode part(String token, int at) throws Exception {
    return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[at]));
  }

  private static String fetch(String address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString(StandardCharsets.UTF_8)).body();
  }

  private static void tell(Task task, String library, Use documented, Use advised, Class<?> from) throws Exception {
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.put("documented", documented);
    uses.put("advised", advised);
    String file = new File(from.getProtectionDomain().getCodeSource().getLocation().toURI()).getName();
    String version = file.replaceAll("^.*?-(\\d[\\w.]*)\\.jar$", "$1");
    for (Map.Entry<String, Use> use : uses.entrySet()) {
      Map<String, Reader> readers = new HashMap<>();
      for (String kind : List.of("access", "id")) readers.put(kind, use.getValue().of(task, kind));
      for (JsonNode each : task.cases()) {
        String kind = each.get("kind").asText();
        Map<String, Object> said = new LinkedHashMap<>(Map.of("library", library, "version", version, "language", "Java",
            "use", use.getKey(), "kind", kind, "name", each.get("name").asText()));
        try {
          readers.get(kind).read(each.get("token").asText());
          said.put("taken", true);
        } catch (Exception error) {
          said.put("taken", false);
          said.put("why", error.getClass().getSimpleName() + ": " + error.getMessage());
        }
        System.out.println(JSON.writeValueAsString(said));
      }
    }
  }

  private Verify() {}
}
