package dev.amphi.interactive.sctp;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Puts packets together from what the parts of a standing association have to say. */
final class PacketAssembly {
  /** Room that is kept for headers and for the smaller chunks. */
  static final int HEADROOM_BYTES = 64;

  private final PacketWriter writer;
  private boolean cookieAckDue;
  private byte @Nullable [] heartbeat;
  private boolean completeDue;
  private int abortCause;

  PacketAssembly(SctpConfig config, SctpStats stats) {
    this.writer = new PacketWriter(config.packetBytes(), config.port(), stats);
  }

  PacketWriter writer() {
    return writer;
  }

  void acknowledgeCookie() {
    cookieAckDue = true;
  }

  /** Gives a HEARTBEAT's value back; only the last before a poll, and none that is too long. */
  boolean answerHeartbeat(byte[] in, int at, int length) {
    boolean fits = length <= writer.capacity() - HEADROOM_BYTES;
    if (fits) {
      heartbeat = Arrays.copyOfRange(in, at, at + length);
    }
    return fits;
  }

  /** The association is over in peace, and the far side waits to hear so. */
  void completeShutdown() {
    completeDue = true;
  }

  /**
   * The association is over.
   *
   * @param cause to tell the far side (RFC 9260 §3.3.10), or 0 for nothing
   */
  void abort(int cause) {
    abortCause = cause;
  }

  /** Sends packet after packet until nothing may be sent any more. */
  void fill(ControlBlock standing, Teardown teardown, PacketSink out, long nowNanos) {
    do {
      writer.begin(standing.remote.tag());
      control(standing, teardown, nowNanos);
      boolean data = standing.outbound.hasToSend(nowNanos);
      boolean ack = standing.inbound.ackDue(nowNanos) || (data && standing.inbound.ackWaits());
      if (ack && roomy()) {
        standing.inbound.writeSack(writer);
      }
      if (data && roomy()) {
        standing.outbound.fill(writer, nowNanos);
      }
    } while (writer.finish(out));
  }

  private boolean roomy() {
    return writer.room() > HEADROOM_BYTES;
  }

  private void control(ControlBlock standing, Teardown teardown, long nowNanos) {
    if (cookieAckDue) {
      cookieAckDue = false;
      writer.chunk(ChunkType.COOKIE_ACK, 0);
    }
    byte[] answer = heartbeat;
    if (answer != null) {
      heartbeat = null;
      writer.beginChunk(ChunkType.HEARTBEAT_ACK, 0);
      writer.put(answer, 0, answer.length);
      writer.endChunk();
    }
    if (standing.heartbeat.due(nowNanos) && roomy()) {
      standing.writeHeartbeat(writer, nowNanos);
    }
    if (standing.resets.hasToSend() && roomy()) {
      standing.resets.write(writer, nowNanos);
    }
    if (teardown.hasToSend() && roomy()) {
      teardown.write(writer, standing.inbound.cumulative());
    }
  }

  /** Sends the last packet of an association that is over. */
  void sayGoodbye(ControlBlock standing, PacketSink out) {
    writer.begin(standing.remote.tag());
    if (completeDue) {
      completeDue = false;
      writer.chunk(ChunkType.SHUTDOWN_COMPLETE, 0);
    } else if (abortCause != 0) {
      writer.beginChunk(ChunkType.ABORT, 0);
      writer.put16(abortCause);
      writer.put16(4);
      writer.endChunk();
      abortCause = 0;
    }
    writer.finish(out);
  }
}
