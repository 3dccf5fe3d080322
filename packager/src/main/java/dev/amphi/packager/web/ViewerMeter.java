package dev.amphi.packager.web;

/** Hears what players say of themselves, with each request for media; called from any thread. */
@FunctionalInterface
public interface ViewerMeter {
  /** Listens to nobody. */
  ViewerMeter NONE = report -> {};

  /** One player said so. */
  void heard(ViewerReport report);
}
