// Shows every token of a task (the JSON file that is named) to the libraries of go.mod, each used as its documentation
// shows a careful user, and then as our guides advise. Prints a verdict a line.
package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
	gojwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/golang-jwt/jwt/v5"
	"github.com/lestrrat-go/jwx/v3/jwk"
	jwxt "github.com/lestrrat-go/jwx/v3/jwt"
)

type task struct {
	Issuer   string `json:"issuer"`
	JwksURI  string `json:"jwksUri"`
	Audience string `json:"audience"`
	ClientID string `json:"clientId"`
	Cases    []struct {
		Kind  string `json:"kind"`
		Name  string `json:"name"`
		Token string `json:"token"`
	} `json:"cases"`
}

func (t task) audienceOf(kind string) string {
	if kind == "access" {
		return t.Audience
	}
	return t.ClientID
}

type verdict struct {
	Library  string `json:"library"`
	Version  string `json:"version"`
	Language string `json:"language"`
	Use      string `json:"use"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`
	Taken    bool   `json:"taken"`
	Why      string `json:"why,omitempty"`
}

// A reader says nothing of a good token.
type reader func(kind, token string) error

var algorithms = []string{"ES256", "RS256", "PS256", "EdDSA"}

// checkHeader is what our guides advise besides, for all of them: by its type an ID token is never taken for an access
// token (RFC 8725 section 3.11), and an extension that must be understood is refused (RFC 7515 section 4.1.11).
func checkHeader(kind, token string) error {
	first, _, _ := strings.Cut(token, ".")
	text, err := base64.RawURLEncoding.DecodeString(first)
	if err != nil {
		return err
	}
	header := map[string]any{"typ": "JWT"}
	if err := json.Unmarshal(text, &header); err != nil {
		return err
	}
	typ, _ := header["typ"].(string)
	if isAccess := strings.EqualFold(typ, "at+jwt"); isAccess != (kind == "access") || (!isAccess && typ != "JWT") {
		return fmt.Errorf("wrong typ: %q", typ)
	}
	if header["crit"] != nil {
		return errors.New("an extension that must be understood")
	}
	return nil
}

func thenCheckHeader(read reader) reader {
	return func(kind, token string) error {
		if err := read(kind, token); err != nil {
			return err
		}
		return checkHeader(kind, token)
	}
}

func golangJwt(t task, more ...jwt.ParserOption) reader {
	keys := must(keyfunc.NewDefaultCtx(context.Background(), []string{t.JwksURI}))
	return func(kind, token string) error {
		options := append([]jwt.ParserOption{
			jwt.WithValidMethods(algorithms), jwt.WithIssuer(t.Issuer), jwt.WithAudience(t.audienceOf(kind)),
		}, more...)
		_, err := jwt.Parse(token, keys.Keyfunc, options...)
		return err
	}
}

func goJose(t task, wantEnd bool) reader {
	answer := must(http.Get(t.JwksURI))
	defer answer.Body.Close()
	var keys jose.JSONWebKeySet
	if err := json.NewDecoder(answer.Body).Decode(&keys); err != nil {
		panic(err)
	}
	known := []jose.SignatureAlgorithm{jose.ES256, jose.RS256, jose.PS256, jose.EdDSA}
	return func(kind, token string) error {
		parsed, err := gojwt.ParseSigned(token, known)
		if err != nil {
			return err
		}
		var claims gojwt.Claims
		if err := parsed.Claims(&keys, &claims); err != nil {
			return err
		}
		if wantEnd && claims.Expiry == nil {
			return errors.New("no exp")
		}
		return claims.Validate(gojwt.Expected{
			Issuer: t.Issuer, AnyAudience: gojwt.Audience{t.audienceOf(kind)}, Time: time.Now(),
		})
	}
}

func goOidc(t task) reader {
	provider := must(oidc.NewProvider(context.Background(), t.Issuer))
	return func(kind, token string) error {
		config := &oidc.Config{ClientID: t.audienceOf(kind), SupportedSigningAlgs: algorithms}
		_, err := provider.Verifier(config).Verify(context.Background(), token)
		return err
	}
}

func jwx(t task, more ...jwxt.ValidateOption) reader {
	keys := must(jwk.Fetch(context.Background(), t.JwksURI))
	return func(kind, token string) error {
		options := []jwxt.ParseOption{
			jwxt.WithKeySet(keys), jwxt.WithIssuer(t.Issuer), jwxt.WithAudience(t.audienceOf(kind)),
		}
		for _, each := range more {
			options = append(options, each.(jwxt.ParseOption))
		}
		_, err := jwxt.Parse([]byte(token), options...)
		return err
	}
}

func main() {
	var t task
	if err := json.Unmarshal(must(os.ReadFile(os.Args[1])), &t); err != nil {
		panic(err)
	}
	tell(t, "golang-jwt", "github.com/golang-jwt/jwt/v5", golangJwt(t), golangJwt(t, jwt.WithExpirationRequired()))
	tell(t, "go-jose", "github.com/go-jose/go-jose/v4", goJose(t, false), goJose(t, true))
	tell(t, "go-oidc", "github.com/coreos/go-oidc/v3", goOidc(t), goOidc(t))
	required := []jwxt.ValidateOption{jwxt.WithRequiredClaim("exp"), jwxt.WithRequiredClaim("sub")}
	tell(t, "lestrrat-go/jwx", "github.com/lestrrat-go/jwx/v3", jwx(t), jwx(t, required...))
}

func tell(t task, library, module string, documented, advised reader) {
	out := json.NewEncoder(os.Stdout)
	for use, read := range map[string]reader{"documented": documented, "advised": thenCheckHeader(advised)} {
		for _, each := range t.Cases {
			said := verdict{Library: library, Version: versionOf(module), Language: "Go", Use: use, Kind: each.Kind, Name: each.Name}
			if err := read(each.Kind, each.Token); err != nil {
				said.Why = err.Error()
			} else {
				said.Taken = true
			}
			if err := out.Encode(said); err != nil {
				panic(err)
			}
		}
	}
}

func versionOf(module string) string {
	info, _ := debug.ReadBuildInfo()
	for _, each := range info.Deps {
		if each.Path == module {
			return strings.TrimPrefix(each.Version, "v")
		}
	}
	return "?"
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
