package dev.amphi.server.load;

import dev.amphi.interactive.transport.CallerTransportFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What all participants of this process share on their way to a room's stage. Thread-safe. */
final class StageLine implements AutoCloseable {
  private final HttpClient http;
  private final URI origin;
  private final String room;
  private final CallerTransportFactory transports =
      new CallerTransportFactory(new SecureRandom(), Clock.systemUTC());
  private final List<MediaLoop> loops = List.of(new MediaLoop(0), new MediaLoop(1));
  private final AtomicInteger next = new AtomicInteger();

  StageLine(HttpClient http, URI origin, String room) {
    this.http = http;
    this.origin = origin;
    this.room = room;
  }

  HttpClient http() {
    return http;
  }

  URI origin() {
    return origin;
  }

  String room() {
    return room;
  }

  CallerTransportFactory transports() {
    return transports;
  }

  /** The loop for one more participant. */
  MediaLoop loop() {
    return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
  }

  @Override
  public void close() {
    loops.forEach(MediaLoop::close);
    transports.close();
  }
}
