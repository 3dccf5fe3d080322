package dev.amphi.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.amphi.interactive.api.Right;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** Signs room tokens with an API key. */
public final class TokenSigner {
  private TokenSigner() {}

  /**
   * The compact JWT that says what {@code claims} says.
   *
   * @param key must be the one that {@code claims} names; its secret at least 32 bytes
   */
  public static String sign(ApiKey key, RoomToken claims, Instant now) {
    JWTClaimsSet.Builder builder =
        new JWTClaimsSet.Builder()
            .issuer(key.id())
            .audience(TokenVerifier.AUDIENCE)
            .subject(claims.subject())
            .claim("name", claims.name())
            .claim("role", claims.role())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(claims.expiresAt()));
    if (!claims.room().isEmpty()) {
      builder.claim("room", claims.room());
    }
    if (!claims.grants().equals(Right.ALL)) {
      builder.claim("grants", claims.grants().stream().map(Right::wireName).sorted().toList());
    }
    if (!claims.mayConsent()) {
      builder.claim("consent", false);
    }
    SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), builder.build());
    try {
      jwt.sign(new MACSigner(key.secret().getBytes(StandardCharsets.UTF_8)));
    } catch (JOSEException e) {
      throw new IllegalArgumentException(
          "The secret of key '"
              + key.id()
              + "' is too short to sign with: it must have at least 32 characters.",
          e);
    }
    return jwt.serialize();
  }
}
