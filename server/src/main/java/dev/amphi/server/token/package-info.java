/** API keys and the room tokens that they sign. */
@NullMarked
package dev.amphi.server.token;

import org.jspecify.annotations.NullMarked;
