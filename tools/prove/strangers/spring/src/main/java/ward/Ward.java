package ward;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.annotation.RegisteredOAuth2AuthorizedClient;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The pages that the proof looks at; what guards them is in docs/guides/spring-security.md. */
@SpringBootApplication
@RestController
public class Ward {

  public static void main(String[] arguments) {
    SpringApplication.run(Ward.class, arguments);
  }

  @GetMapping("/")
  String home() {
    return "welcome";
  }

  @GetMapping("/signed-out")
  String signedOut() {
    return "You are logged out";
  }

  @GetMapping("/api/records")
  Map<String, Object> records(@AuthenticationPrincipal Jwt token) {
    return Map.of("for", token.getSubject());
  }

  @GetMapping("/what-it-knows")
  Map<String, Object> whatItKnows(@AuthenticationPrincipal OidcUser person, CsrfToken csrf,
      @RegisteredOAuth2AuthorizedClient("fobwatch") OAuth2AuthorizedClient client) {
    return Map.of(
        "idToken", person.getIdToken().getClaims(),
        "idTokenText", person.getIdToken().getTokenValue(),
        "userinfo", person.getUserInfo().getClaims(),
        "accessToken", client.getAccessToken().getTokenValue(),
        "csrf", csrf.getToken());
  }
}
