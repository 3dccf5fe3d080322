package dev.amphi.packager.playlist;

/**
 * EXT-X-SERVER-CONTROL (RFC 8216bis §4.4.3.8): what the server does for low latency; seconds.
 *
 * @param canBlockReload whether {@code _HLS_msn} is understood
 * @param canSkipUntilS how far from the end a delta update may leave segments out
 * @param holdBackS how far from the end a player stays that does not use parts
 * @param partHoldBackS how far from the end one stays that does
 */
public record ServerControl(
    boolean canBlockReload, double canSkipUntilS, double holdBackS, double partHoldBackS) {
  static final String TAG = "#EXT-X-SERVER-CONTROL:";

  static ServerControl read(Attributes from) {
    return new ServerControl(
        from.yes("CAN-BLOCK-RELOAD"),
        from.number("CAN-SKIP-UNTIL"),
        from.number("HOLD-BACK"),
        from.number("PART-HOLD-BACK"));
  }

  String write() {
    return TAG
        + new Attributes()
            .yes("CAN-BLOCK-RELOAD", canBlockReload)
            .put("CAN-SKIP-UNTIL", canSkipUntilS)
            .put("HOLD-BACK", holdBackS)
            .put("PART-HOLD-BACK", partHoldBackS);
  }
}
