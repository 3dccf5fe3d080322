package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.IceFragment;
import dev.amphi.interactive.signal.SessionDescription;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The ICE session of a peer connection that was made over HTTP (RFC 9725 §4.3): which entity tag
 * names it, and what becomes of a fragment that is sent to it.
 */
public final class HttpMediaIce {
  private final RoomLoop loop;
  private final String id;
  private final Restart restart;
  private String remoteUfrag;
  private int generation;
  private volatile String etag;

  /** Makes the path take other credentials, without a new DTLS handshake. */
  interface Restart {
    /** The server's new side as a fragment. */
    String with(IceFragment remote) throws Refusal;
  }

  /** What became of a fragment. */
  public sealed interface Patched {
    /** Its candidates were taken. */
    record Taken() implements Patched {}

    /** A new ICE session: its entity tag, and the server's side of it as a fragment. */
    record Restarted(String etag, String fragment) implements Patched {}
  }

  HttpMediaIce(RoomLoop loop, String id, SessionDescription offer, Restart restart) {
    this.loop = loop;
    this.id = id;
    this.restart = restart;
    this.remoteUfrag = IceFragment.of(offer).ufrag();
    this.etag = tag();
  }

  /** A strong entity tag (RFC 9110 §8.8.3), another one for each ICE session. */
  private String tag() {
    return "\"" + id.substring(0, Math.min(8, id.length())) + "." + generation + "\"";
  }

  /** The entity tag of the ICE session as it is now. */
  public String etag() {
    return etag;
  }

  /**
   * Takes a fragment: new candidates are of no use to a server that is ICE-lite and learns
   * addresses from checks, other credentials restart the session.
   *
   * <p>Refuses with 428 without {@code If-Match}, 412 with an entity tag that is not this session's
   * any more, 400 with what is no fragment, and 422 when a restart is not possible; the session
   * then goes on as it was.
   */
  public CompletionStage<Patched> patch(@Nullable String ifMatch, String text) {
    CompletableFuture<Patched> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            done.complete(take(ifMatch, text));
          } catch (Refusal refusal) {
            done.completeExceptionally(refusal);
          } catch (RuntimeException e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private Patched take(@Nullable String ifMatch, String text) throws Refusal {
    if (ifMatch == null || ifMatch.isBlank()) {
      throw new Refusal(428, "malformed", "Send If-Match with the session's ETag, or with *.");
    }
    if (!matches(ifMatch)) {
      throw new Refusal(
          412,
          "bad_state",
          "The entity tag is not that of this ICE session; If-Match: * restarts whichever it is.");
    }
    IceFragment fragment = IceFragment.parse(text);
    if (fragment.ufrag().isEmpty() || fragment.ufrag().equals(remoteUfrag)) {
      return new Patched.Taken();
    }
    if (fragment.password().isEmpty()) {
      throw new Refusal(
          400, "bad_sdp", "The fragment has a new a=ice-ufrag, but no a=ice-pwd with it.");
    }
    String answer = restart.with(fragment);
    remoteUfrag = fragment.ufrag();
    generation++;
    etag = tag();
    return new Patched.Restarted(etag, answer);
  }

  /** RFC 9110 §13.1.1; the RFC's own example puts the asterisk between quotes. */
  private boolean matches(String ifMatch) {
    return Arrays.stream(ifMatch.split(",", 16))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.equals("\"*\"") || tag.equals(etag));
  }
}
