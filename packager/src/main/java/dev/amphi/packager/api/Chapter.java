package dev.amphi.packager.api;

/**
 * Where something new begins in a recording.
 *
 * @param startS seconds from the recording's beginning
 * @param title one line, for people
 */
public record Chapter(double startS, String title) {}
