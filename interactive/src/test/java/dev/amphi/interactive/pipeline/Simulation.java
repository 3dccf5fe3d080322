package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.PacketKind;
import dev.amphi.interactive.send.SenderOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/** Endpoints joined by seeded networks, run in virtual time. */
final class Simulation {
  static final long MILLI = 1_000_000;
  static final NtpClock NTP = NtpClock.of(1_700_000_000_000_000_000L, 0);
  static final HeaderExtensions EXTENSIONS =
      HeaderExtensions.of(
          Map.of(
              HeaderExtension.MID, 4,
              HeaderExtension.TRANSPORT_CC, 3,
              HeaderExtension.ABS_SEND_TIME, 2,
              HeaderExtension.AUDIO_LEVEL, 1));

  private final List<End> ends = new ArrayList<>();
  private final List<SeededNetwork> networks = new ArrayList<>();
  private final List<Timer> timers = new ArrayList<>();
  private long nowNanos;
  private long seed;

  private Stalls nearStalls = Stalls.NONE;

  /** An endpoint, and when its side gets no processor. */
  private static final class End {
    final MediaEndpoint endpoint;
    Stalls stalls = Stalls.NONE;

    End(MediaEndpoint endpoint) {
      this.endpoint = endpoint;
    }

    long dueNanos(long nowNanos) {
      long due = endpoint.nextDeadlineNanos();
      return due == Long.MAX_VALUE ? due : stalls.freeAt(Math.max(due, nowNanos));
    }
  }

  private static final class Timer {
    final long periodNanos;
    final LongConsumer action;
    long dueNanos;

    Timer(long periodNanos, LongConsumer action, long dueNanos) {
      this.periodNanos = periodNanos;
      this.action = action;
      this.dueNanos = dueNanos;
    }
  }

  Simulation(long seed) {
    this.seed = seed;
  }

  /** One transport: an endpoint at each end, a network each way. */
  final class Path implements SeededNetwork.Receiver {
    final MediaEndpoint near;
    final MediaEndpoint far;
    final SeededNetwork there;
    final SeededNetwork back;
    final List<byte[]> rtcpBack = new ArrayList<>();

    /** Sees what comes to the far end before it does. */
    SeededNetwork.Receiver tap = (datagram, now) -> {};

    Path(Conditions conditions, boolean paced) {
      there = network(conditions, this);
      near = endpoint(0x11111111L, there, paced);
      back = network(conditions, (datagram, now) -> deliver(near(), datagram, now));
      far = endpoint(0x22222222L, back, false);
    }

    /** When the far side, and when the near side with all that feeds it, gets no processor. */
    void stalls(Stalls farStalls, Stalls nearStalls) {
      there.stalls(farStalls);
      back.stalls(nearStalls);
      Simulation.this.nearStalls = nearStalls;
      for (End end : ends) {
        end.stalls =
            end.endpoint == far ? farStalls : end.endpoint == near ? nearStalls : end.stalls;
      }
    }

    private MediaEndpoint near() {
      return near;
    }

    @Override
    public void receive(byte[] datagram, long now) {
      tap.receive(datagram, now);
      deliver(far, datagram, now);
    }

    private void deliver(MediaEndpoint to, byte[] datagram, long now) {
      if (PacketKind.of(datagram, 0, datagram.length) == PacketKind.RTCP) {
        if (to == near) {
          rtcpBack.add(datagram);
        }
        to.onRtcp(datagram, 0, datagram.length, now);
      } else {
        to.onRtp(datagram, 0, datagram.length, now);
      }
    }
  }

  Path path(Conditions conditions) {
    return new Path(conditions, false);
  }

  /** A path whose near end sends no more than it believes the path to carry. */
  Path pacedPath(Conditions conditions) {
    return new Path(conditions, true);
  }

  private SeededNetwork network(Conditions conditions, SeededNetwork.Receiver receiver) {
    SeededNetwork network = new SeededNetwork(seed++, conditions, receiver);
    networks.add(network);
    return network;
  }

  private MediaEndpoint endpoint(long localSsrc, SeededNetwork out, boolean paced) {
    SenderOutput output =
        new SenderOutput() {
          @Override
          public void sendRtp(byte[] buffer, int offset, int length) {
            out.send(buffer, offset, length, nowNanos);
          }

          @Override
          public void sendRtcp(byte[] buffer, int offset, int length) {
            out.send(buffer, offset, length, nowNanos);
          }
        };
    MediaEndpoint endpoint =
        new MediaEndpoint(
            new EndpointConfig(localSsrc, "test", NTP, EXTENSIONS, true, paced), output);
    ends.add(new End(endpoint));
    return endpoint;
  }

  void every(long periodMillis, LongConsumer action) {
    timers.add(new Timer(periodMillis * MILLI, action, nowNanos));
  }

  void stopTimers() {
    timers.clear();
  }

  long now() {
    return nowNanos;
  }

  /** Lets virtual time pass. */
  void run(long millis) {
    long until = nowNanos + millis * MILLI;
    while (true) {
      for (Timer timer : List.copyOf(timers)) {
        if (timer.dueNanos <= nowNanos && nearStalls.freeAt(nowNanos) == nowNanos) {
          timer.dueNanos += timer.periodNanos;
          timer.action.accept(nowNanos);
        }
      }
      networks.forEach(network -> network.poll(nowNanos));
      ends.forEach(
          end -> {
            if (end.dueNanos(nowNanos) <= nowNanos) {
              end.endpoint.poll(nowNanos);
            }
          });
      long next = nextNanos();
      if (next > until) {
        nowNanos = until;
        return;
      }
      nowNanos = Math.max(nowNanos, next);
    }
  }

  private long nextNanos() {
    long next = Long.MAX_VALUE;
    for (Timer timer : timers) {
      next = Math.min(next, nearStalls.freeAt(Math.max(timer.dueNanos, nowNanos)));
    }
    for (SeededNetwork network : networks) {
      next = Math.min(next, network.nextDeadlineNanos());
    }
    for (End end : ends) {
      next = Math.min(next, end.dueNanos(nowNanos));
    }
    return next;
  }
}
