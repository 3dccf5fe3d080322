/** What a broadcast takes in and offers; the server's view of the packager. */
@NullMarked
package dev.amphi.packager.api;

import org.jspecify.annotations.NullMarked;
