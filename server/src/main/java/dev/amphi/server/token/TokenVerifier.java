package dev.amphi.server.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.Role;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Verifies room tokens (RFC 7519, RFC 8725): the issuer names the key, the key names the algorithm,
 * the token's own header decides nothing.
 */
public final class TokenVerifier {
  /** The furthest that an expiry may lie ahead. */
  public static final Duration LONGEST_LIFE = Duration.ofDays(7);

  static final String AUDIENCE = "amphi";
  private static final int LONGEST_TOKEN = 4_096;
  private static final int MOST_GRANTS = 16;
  private static final int LONGEST_GRANT = 32;
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final KeyRing keys;
  private final BiPredicate<String, String> removed;

  /** Accepts whoever holds a good token. */
  public TokenVerifier(KeyRing keys) {
    this(keys, (room, subject) -> false);
  }

  /**
   * Accepts nobody who was removed.
   *
   * @param removed whether a room keeps a participant's id out
   */
  public TokenVerifier(KeyRing keys, BiPredicate<String, String> removed) {
    this.keys = keys;
    this.removed = removed;
  }

  /** The claims of a good token; anything else is refused alike. */
  public RoomToken verify(String text, Instant now) throws TokenRefused {
    if (text.length() > LONGEST_TOKEN) {
      throw TokenRefused.invalid();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(text);
      if (!JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
        throw TokenRefused.invalid();
      }
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      ApiKey key =
          Optional.ofNullable(claims.getIssuer())
              .flatMap(keys::key)
              .orElseThrow(TokenRefused::invalid);
      // MACVerifier refuses critical header parameters that it does not know (RFC 7515 §4.1.11).
      if (!jwt.verify(new MACVerifier(key.secret().getBytes(StandardCharsets.UTF_8)))) {
        throw TokenRefused.invalid();
      }
      RoomToken token = checked(claims, key, now);
      if (removed.test(token.room(), token.subject())) {
        throw TokenRefused.invalid();
      }
      return token;
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw TokenRefused.invalid();
    }
  }

  private static RoomToken checked(JWTClaimsSet claims, ApiKey key, Instant now)
      throws ParseException, TokenRefused {
    String subject = text(claims, "sub");
    String name = DisplayName.clean(text(claims, "name"));
    String room = text(claims, "room");
    String role = text(claims, "role");
    Date expiry = claims.getExpirationTime();
    Date notBefore = claims.getNotBeforeTime();
    boolean sound =
        claims.getAudience().equals(List.of(AUDIENCE))
            && RoomToken.isParticipantId(subject)
            && !name.isEmpty()
            && (role.equals(RoomToken.ADMIN)
                ? room.isEmpty()
                : Role.fromWireName(role).isPresent() && RoomToken.isRoomId(room))
            && expiry != null
            && !expiry.toInstant().isAfter(now.plus(LONGEST_LIFE).plus(CLOCK_SKEW))
            && (notBefore == null || !notBefore.toInstant().isAfter(now.plus(CLOCK_SKEW)));
    if (!sound || expiry == null) {
      throw TokenRefused.invalid();
    }
    if (!expiry.toInstant().isAfter(now)) {
      throw TokenRefused.expired();
    }
    return new RoomToken(
        key.id(),
        subject,
        name,
        room,
        role,
        expiry.toInstant(),
        grants(claims),
        mayConsent(claims));
  }

  /** Only a plain {@code false} says no; what is neither true nor false is no token of ours. */
  private static boolean mayConsent(JWTClaimsSet claims) throws ParseException {
    Boolean consent = claims.getBooleanClaim("consent");
    return consent == null || consent;
  }

  /** Words that are not known here grant nothing; too many, or too long, are no token of ours. */
  private static Set<Right> grants(JWTClaimsSet claims) throws ParseException, TokenRefused {
    List<String> words = claims.getStringListClaim("grants");
    if (words == null) {
      if (claims.getClaim("grants") != null) {
        throw TokenRefused.invalid();
      }
      return Right.ALL;
    }
    Set<Right> grants = EnumSet.noneOf(Right.class);
    for (String word : words) {
      if (word == null || words.size() > MOST_GRANTS || word.length() > LONGEST_GRANT) {
        throw TokenRefused.invalid();
      }
      Right.fromWireName(word).ifPresent(grants::add);
    }
    return grants;
  }

  private static String text(JWTClaimsSet claims, String claim) throws ParseException {
    String value = claims.getStringClaim(claim);
    return value == null ? "" : value;
  }
}
