package dev.amphi.interactive.transport;

import dev.amphi.interactive.transport.ice.IcePath;
import java.util.ArrayList;
import java.util.List;

/** An ICE path without a network; what a test tells its listener has happened. */
final class FakePath implements IcePath {
  final Listener listener;
  final List<byte[]> sent = new ArrayList<>();

  FakePath(Listener listener) {
    this.listener = listener;
  }

  @Override
  public String ufrag() {
    return "ufrag";
  }

  @Override
  public String password() {
    return "password";
  }

  @Override
  public List<String> candidates() {
    return List.of();
  }

  @Override
  public void start(String remoteUfrag, String remotePassword, List<String> remoteCandidates) {}

  @Override
  public synchronized boolean send(byte[] buffer, int offset, int length) {
    sent.add(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
    return true;
  }

  @Override
  public void close() {}
}
