/** The same files as MPEG-DASH; no socket, thread or clock. */
@NullMarked
package dev.amphi.packager.dash;

import org.jspecify.annotations.NullMarked;
