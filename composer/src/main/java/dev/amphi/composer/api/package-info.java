/** What a composition takes in and gives out; the server's view of the composer. */
@NullMarked
package dev.amphi.composer.api;

import org.jspecify.annotations.NullMarked;
