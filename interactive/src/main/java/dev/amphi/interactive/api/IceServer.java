package dev.amphi.interactive.api;

import java.util.List;

/**
 * A STUN or TURN server as browsers take it ({@code RTCIceServer}).
 *
 * @param urls as {@code turn:turn.example.org:3478?transport=udp} (RFC 7065)
 * @param username empty where none is needed
 * @param credential empty where none is needed
 */
public record IceServer(List<String> urls, String username, String credential) {
  public IceServer {
    urls = List.copyOf(urls);
  }

  /** Leaves the credential out, so that no log shows it. */
  @Override
  public String toString() {
    return "IceServer[urls=" + urls + "]";
  }
}
