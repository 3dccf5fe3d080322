/**
 * The caller's side of ICE in plain Java, for clients of ours that are no browsers: finds its way
 * to a server that is ICE-lite or behaves so, with one socket and one virtual thread each.
 */
@NullMarked
package dev.amphi.interactive.transport.caller;

import org.jspecify.annotations.NullMarked;
