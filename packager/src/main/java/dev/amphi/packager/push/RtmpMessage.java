package dev.amphi.packager.push;

/**
 * One message of RTMP (§5.4, §7.1).
 *
 * @param streamId of the message stream, 0 for control
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RtmpMessage(int type, int streamId, byte[] body) {
  static final int SET_CHUNK_SIZE = 1;
  static final int ABORT = 2;
  static final int ACKNOWLEDGEMENT = 3;
  static final int USER_CONTROL = 4;
  static final int WINDOW_SIZE = 5;
  static final int PEER_BANDWIDTH = 6;
  static final int AUDIO = 8;
  static final int VIDEO = 9;
  static final int COMMAND_AMF3 = 17;
  static final int DATA = 18;
  static final int COMMAND = 20;
}
