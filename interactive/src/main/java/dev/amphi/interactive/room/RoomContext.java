package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.ClassDesk;
import dev.amphi.interactive.api.IceServers;
import dev.amphi.interactive.api.StageListener;
import dev.amphi.interactive.api.StageMeter;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.transport.TransportFactory;

/** What a room is given to live with. */
record RoomContext(
    RoomLoop loop,
    RoomClock clock,
    NtpClock ntp,
    Ids ids,
    RoomLimits limits,
    TransportFactory transports,
    IceServers iceServers,
    Admission admission,
    ClassDesk desk,
    StageListener listener,
    StageMeter meter) {}
