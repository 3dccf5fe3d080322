package dev.amphi.interactive.signal;

/**
 * One {@code a=} line (RFC 8866 §5.13).
 *
 * @param value what follows the colon; empty for a property attribute
 */
public record SdpAttribute(String name, String value) {
  static SdpAttribute parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new SdpAttribute(text, "")
        : new SdpAttribute(text.substring(0, colon), text.substring(colon + 1).strip());
  }
}
