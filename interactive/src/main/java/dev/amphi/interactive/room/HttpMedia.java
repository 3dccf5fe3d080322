package dev.amphi.interactive.room;

import dev.amphi.interactive.api.IceServer;
import java.util.List;

/**
 * A peer connection that was made over HTTP (WHIP or WHEP), until it is deleted or lost.
 *
 * @param id unguessable; the last part of the session's URL
 * @param roomId the only room under which the session is known
 * @param credential who made it, and by which token it is held
 * @param answer the SDP answer
 * @param iceServers what helps its maker through the network; only told with the answer
 * @param shown in words for the maker, what is shown and heard; "" when there is nothing to say
 * @param ice its ICE session
 * @param end ends it; may be run on any thread, more than once
 */
public record HttpMedia(
    String id,
    String roomId,
    Credential credential,
    String answer,
    List<IceServer> iceServers,
    String shown,
    HttpMediaIce ice,
    Runnable end) {
  public HttpMedia {
    iceServers = List.copyOf(iceServers);
  }
}
