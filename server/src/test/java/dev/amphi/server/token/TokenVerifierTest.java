package dev.amphi.server.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.amphi.interactive.api.Right;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String SECRET =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final ApiKey KEY = new ApiKey("school", SECRET, false);
  private static final ApiKey OTHER = new ApiKey("other", SECRET.replace('0', 'x'), false);

  private final TokenVerifier verifier = new TokenVerifier(new KeyRing(List.of(KEY, OTHER)));

  @Test
  void whatItSignsItAccepts() throws Exception {
    RoomToken claims =
        new RoomToken("school", "ada", "Ada", "maths", "instructor", NOW.plusSeconds(900));

    assertThat(verifier.verify(TokenSigner.sign(KEY, claims, NOW), NOW)).isEqualTo(claims);
  }

  @Test
  void grantsAreKeptAndUnknownWordsGrantNothing() throws Exception {
    RoomToken claims =
        new RoomToken("school", "ada", "Ada", "maths", "student", NOW.plusSeconds(900))
            .granting(Set.of(Right.CAMERA, Right.CHAT));
    assertThat(verifier.verify(TokenSigner.sign(KEY, claims, NOW), NOW)).isEqualTo(claims);
    String odd = signed(made -> made.claim("grants", List.of("camera", "fly")));
    assertThat(verifier.verify(odd, NOW).grants()).containsExactly(Right.CAMERA);
    assertThat(verifier.verify(signed(made -> made.claim("grants", List.of())), NOW).grants())
        .isEmpty();
  }

  @Test
  void grantsThatAreNoShortListOfWordsAreNoToken() throws Exception {
    for (Object grants :
        new Object[] {
          "camera", 7, java.util.Collections.nCopies(17, "camera"), List.of("x".repeat(33))
        }) {
      String token = signed(made -> made.claim("grants", grants));
      assertThat(catchThrowableOfType(TokenRefused.class, () -> verifier.verify(token, NOW)))
          .as("%s", grants)
          .isNotNull();
    }
  }

  @Test
  void theSchoolsNoIsKeptAndAnythingButTrueOrFalseIsNoToken() throws Exception {
    RoomToken claims =
        new RoomToken("school", "ada", "Ada", "maths", "student", NOW.plusSeconds(900))
            .consenting(false);
    assertThat(verifier.verify(TokenSigner.sign(KEY, claims, NOW), NOW)).isEqualTo(claims);
    assertThat(verifier.verify(signed(made -> made.claim("consent", true)), NOW).mayConsent())
        .isTrue();
    for (Object odd : new Object[] {"false", 0, List.of()}) {
      String token = signed(made -> made.claim("consent", odd));
      assertThat(catchThrowableOfType(TokenRefused.class, () -> verifier.verify(token, NOW)))
          .as("%s", odd)
          .isNotNull();
    }
  }

  @Test
  void anAdminsTokenHasNoRoom() throws Exception {
    RoomToken claims = new RoomToken("school", "ada", "Ada", "", "admin", NOW.plusSeconds(900));

    assertThat(verifier.verify(TokenSigner.sign(KEY, claims, NOW), NOW).isAdmin()).isTrue();
  }

  @Test
  void namesAreCleanedOnTheWayIn() throws Exception {
    String token = signed(claims -> claims.claim("name", " A\u0000d\u202Ea\n" + "x".repeat(80)));

    assertThat(verifier.verify(token, NOW).name()).startsWith("Adax").hasSizeLessThanOrEqualTo(60);
  }

  @Test
  void anHonestTokenThatIsTooOldIsToldSo() {
    String token = signed(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(1))));

    TokenRefused refused =
        catchThrowableOfType(TokenRefused.class, () -> verifier.verify(token, NOW));

    assertThat(refused.isExpired()).isTrue();
    assertThat(refused).hasMessage(TokenRefused.EXPIRED_SENTENCE);
  }

  static Stream<Arguments> attacks() throws Exception {
    Date soon = Date.from(NOW.plusSeconds(900));
    String good = signed(claims -> claims);
    String[] parts = good.split("\\.", -1);
    var rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(2048);
    SignedJWT byRsa = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims().build());
    byRsa.sign(new RSASSASigner(rsa.generateKeyPair().getPrivate()));
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("noise", "a.b.c"),
        Arguments.of("dots", "...."),
        Arguments.of("very long", "a".repeat(100_000)),
        Arguments.of("alg none", new PlainJWT(claims().build()).serialize()),
        Arguments.of("alg none with a signature", header("{\"alg\":\"none\"}", parts)),
        Arguments.of("alg RS256 over the secret", header("{\"alg\":\"RS256\"}", parts)),
        Arguments.of("a real RS256", byRsa.serialize()),
        Arguments.of("HS512 with the right secret", signedWith(JWSAlgorithm.HS512, KEY)),
        Arguments.of("HS384 with the right secret", signedWith(JWSAlgorithm.HS384, KEY)),
        Arguments.of("kid traversal", header("{\"alg\":\"HS256\",\"kid\":\"../../keys\"}", parts)),
        Arguments.of("unknown critical header", signedCritical()),
        Arguments.of("flipped payload", parts[0] + "." + flip(parts[1]) + "." + parts[2]),
        Arguments.of("flipped signature", parts[0] + "." + parts[1] + "." + flip(parts[2])),
        Arguments.of("no signature", parts[0] + "." + parts[1] + "."),
        Arguments.of("another key's signature", signedBy(OTHER, c -> c.issuer("school"))),
        Arguments.of("unknown key", signed(c -> c.issuer("nobody"))),
        Arguments.of("no issuer", signed(c -> c.issuer(null))),
        Arguments.of("no expiry", signed(c -> c.expirationTime(null))),
        Arguments.of(
            "expires in ten years",
            signed(c -> c.expirationTime(Date.from(NOW.plus(Duration.ofDays(3650)))))),
        Arguments.of("not yet valid", signed(c -> c.notBeforeTime(soon))),
        Arguments.of("wrong audience", signed(c -> c.audience("other"))),
        Arguments.of("two audiences", signed(c -> c.audience(List.of("amphi", "other")))),
        Arguments.of("no audience", signed(c -> c.audience((String) null))),
        Arguments.of("no subject", signed(c -> c.subject(null))),
        Arguments.of("path as subject", signed(c -> c.subject("../x"))),
        Arguments.of("no name", signed(c -> c.claim("name", null))),
        Arguments.of("number as name", signed(c -> c.claim("name", 7))),
        Arguments.of("no room", signed(c -> c.claim("room", null))),
        Arguments.of("path as room", signed(c -> c.claim("room", "../maths"))),
        Arguments.of("no role", signed(c -> c.claim("role", null))),
        Arguments.of("unknown role", signed(c -> c.claim("role", "root"))),
        Arguments.of("role in capitals", signed(c -> c.claim("role", "INSTRUCTOR"))),
        Arguments.of("admin with a room", signed(c -> c.claim("role", "admin"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attacks")
  void everyAttackGetsTheOneAnswer(String name, String token) {
    assertThatThrownBy(() -> verifier.verify(token, NOW))
        .isInstanceOf(TokenRefused.class)
        .hasMessage(TokenRefused.SENTENCE);
  }

  @Test
  void theUnchangedTokenOfTheAttacksIsGood() throws Exception {
    assertThat(verifier.verify(signed(claims -> claims), NOW).subject()).isEqualTo("ada");
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer("school")
        .audience("amphi")
        .subject("ada")
        .claim("name", "Ada")
        .claim("room", "maths")
        .claim("role", "instructor")
        .expirationTime(Date.from(NOW.plusSeconds(900)));
  }

  private static String signed(UnaryOperator<JWTClaimsSet.Builder> change) {
    return signedBy(KEY, change);
  }

  private static String signedBy(ApiKey key, UnaryOperator<JWTClaimsSet.Builder> change) {
    return sign(new JWSHeader(JWSAlgorithm.HS256), key, change.apply(claims()).build());
  }

  private static String signedWith(JWSAlgorithm algorithm, ApiKey key) {
    return sign(new JWSHeader(algorithm), key, claims().build());
  }

  private static String signedCritical() {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .type(JOSEObjectType.JWT)
            .criticalParams(java.util.Set.of("exp"))
            .customParam("exp", 1)
            .build();
    return sign(header, KEY, claims().build());
  }

  private static String sign(JWSHeader header, ApiKey key, JWTClaimsSet claims) {
    try {
      SignedJWT jwt = new SignedJWT(header, claims);
      jwt.sign(new MACSigner(key.secret().getBytes(StandardCharsets.UTF_8)));
      return jwt.serialize();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static String header(String json, String[] parts) {
    String header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    return header + "." + parts[1] + "." + parts[2];
  }

  private static String flip(String part) {
    return (part.charAt(0) == 'A' ? 'B' : 'A') + part.substring(1);
  }
}
