/** What is said in the class, as WebVTT; no socket, thread or clock. */
@NullMarked
package dev.amphi.packager.captions;

import org.jspecify.annotations.NullMarked;
