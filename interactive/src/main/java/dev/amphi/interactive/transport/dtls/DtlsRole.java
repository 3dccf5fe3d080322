package dev.amphi.interactive.transport.dtls;

/** Which side of the handshake this is (RFC 5763 §5). */
public enum DtlsRole {
  SERVER,
  CLIENT
}
