package dev.amphi.server.load.composer;

/**
 * One measurement.
 *
 * @param who a contestant's name, or {@link #FLOOR}
 * @param cpu CPU-seconds, user and system, of the whole process per second of program
 * @param residentMib at the end
 * @param kbps of the best rendition's pictures
 * @param speed seconds of program per second of the clock
 * @param pictures coded per second of program; fewer than 30 when the machine had no time for more
 * @param settings what x264 wrote into the stream
 */
record ComposerSample(
    ComposerPlan.Case of,
    String who,
    int round,
    double cpu,
    double residentMib,
    double kbps,
    double speed,
    double pictures,
    String settings) {
  static final String FLOOR = "floor";
}
