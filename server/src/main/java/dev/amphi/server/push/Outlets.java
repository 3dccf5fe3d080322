package dev.amphi.server.push;

import dev.amphi.packager.push.CodedFormat;
import dev.amphi.packager.push.Destination;

/** Where connections to platforms come from. */
interface Outlets {
  /** One that is not open yet; nothing of it has touched the network. */
  Outlet to(Destination destination, CodedFormat picture, CodedFormat sound);
}
