/** Measures the composer beside FFmpeg's command line and GStreamer, on the same coded inputs. */
@NullMarked
package dev.amphi.server.load.composer;

import org.jspecify.annotations.NullMarked;
