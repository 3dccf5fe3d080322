package dev.amphi.interactive.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** One side of an association and all that it was told. */
final class SctpEnd implements SctpListener {
  /** A message as it came. */
  static final class Received {
    final int stream;
    final byte[] data;
    final long atNanos;

    Received(int stream, byte[] data, long atNanos) {
      this.stream = stream;
      this.data = data;
      this.atNanos = atNanos;
    }

    /** The number that {@link #numbered} put in. */
    int number() {
      return ByteBuffer.wrap(data).getInt();
    }
  }

  final SctpAssociation association;
  final List<Received> received = new ArrayList<>();
  final List<Integer> incomingResets = new ArrayList<>();
  final List<Integer> outgoingResets = new ArrayList<>();
  String closed = "";
  long mostHeldBytes;
  private long nowNanos;

  SctpEnd(SctpConfig config, RandomGenerator random) {
    association = new SctpAssociation(config, random, this);
  }

  void onPacket(byte[] packet, int length, long nowNanos) {
    this.nowNanos = nowNanos;
    association.onPacket(packet, 0, length, nowNanos);
    mostHeldBytes = Math.max(mostHeldBytes, association.heldBytes());
  }

  boolean send(int stream, byte[] data, boolean unordered, Reliability reliability, long now) {
    return association.send(stream, 53, data, unordered, reliability, now);
  }

  /** A message that begins with its number, and whose other bytes tell its length. */
  static byte[] numbered(int number, int length) {
    byte[] data = new byte[length];
    Arrays.fill(data, (byte) length);
    ByteBuffer.wrap(data).putInt(number);
    return data;
  }

  List<Integer> numbers() {
    return received.stream().map(Received::number).toList();
  }

  @Override
  public void established() {}

  @Override
  public void message(int stream, long payloadType, byte[] message) {
    received.add(new Received(stream, message, nowNanos));
  }

  @Override
  public void incomingReset(List<Integer> streams) {
    incomingResets.addAll(streams);
  }

  @Override
  public void outgoingReset(List<Integer> streams) {
    outgoingResets.addAll(streams);
  }

  @Override
  public void closed(String reason) {
    closed = reason;
  }
}
