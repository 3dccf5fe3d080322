# Amphi behind Varnish: a cache that asks the node once for whatever many want, and wakes all who
# wait for it at once. TLS and HTTP/2 end before it. What to fill in, and why it is so: README.md.
vcl 4.1;

import std;

backend amphi {
    .host = "127.0.0.1";
    .port = "8080";
    .connect_timeout = 3s;
    # A reload that waits is answered after three target durations at the latest.
    .first_byte_timeout = 15s;
    .between_bytes_timeout = 15s;
}

# sub amphi_edge { set bereq.http.Amphi-Edge = "SECRET"; } with the node's http.edge_key; mode 0600.
include "/etc/varnish/amphi-edge.vcl";

sub vcl_recv {
    unset req.http.Amphi-Edge;
    if (req.restarts == 0) {
        unset req.http.X-Amphi-Url;
        unset req.http.X-Amphi-Bearer;
    }
    if (req.http.Upgrade ~ "(?i)websocket" && req.url ~ "^/ws(\?|$)") {
        return (pipe);
    }
    # Elsewhere an upgrade would only take the connection past the cache, for others too.
    unset req.http.Upgrade;
    # Who is admitted to one class may not walk from it into another.
    if (req.url ~ "/\.\.?(/|\?|$)") {
        return (synth(404, "Not found"));
    }
    # A token as a parameter goes into each address of a list: such lists are for one viewer only.
    # The time is the node's to tell, each time anew.
    if (req.url !~ "^/hls/" || req.url ~ "^/hls/time(\?|$)" || (req.method != "GET" && req.method != "HEAD")
        || req.url ~ "[?&]token=") {
        return (pass);
    }
    if (req.restarts > 0) {
        return (hash); # admitted: vcl_deliver has put the address back
    }
    # Who asks: the token in the path, or in the Authorization header.
    if (req.http.Authorization) {
        set req.http.X-Amphi-Bearer = req.http.Authorization;
    }
    if (req.url ~ "^/hls/~[A-Za-z0-9._~-]+/") {
        set req.http.X-Amphi-Bearer = "Bearer " + regsub(req.url, "^/hls/~([^/?]+)/.*$", "\1");
        set req.url = regsub(req.url, "^/hls/~[^/?]+/", "/hls/");
    }
    if (req.url !~ "^/hls/[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9_./-]+(\?.*)?$") {
        return (synth(404, "Not found"));
    }
    unset req.http.Authorization;
    unset req.http.Cookie;
    # The three directives of RFC 8216bis, section 6.2.5, and nothing else, are part of an address.
    set req.http.X-Amphi-Url = regsub(req.url, "\?.*$", "") + "?";
    if (req.url ~ "[?&]_HLS_msn=[^&]") {
        set req.http.X-Amphi-Url = req.http.X-Amphi-Url
            + regsub(req.url, "^.*[?&](_HLS_msn=[^&#]*).*$", "\1&");
    }
    if (req.url ~ "[?&]_HLS_part=[^&]") {
        set req.http.X-Amphi-Url = req.http.X-Amphi-Url
            + regsub(req.url, "^.*[?&](_HLS_part=[^&#]*).*$", "\1&");
    }
    if (req.url ~ "[?&]_HLS_skip=[^&]") {
        set req.http.X-Amphi-Url = req.http.X-Amphi-Url
            + regsub(req.url, "^.*[?&](_HLS_skip=[^&#]*).*$", "\1&");
    }
    set req.http.X-Amphi-Url = regsub(req.http.X-Amphi-Url, "[?&]$", "");
    # First whether this viewer may: asked once for each of them in five seconds.
    set req.url = regsub(req.url, "^/hls/([^/]+)/.*$", "/hls/\1/admission");
    return (hash);
}

sub vcl_hash {
    hash_data(req.url);
    if (req.restarts == 0) {
        hash_data(req.http.X-Amphi-Bearer);
    }
    return (lookup);
}

sub vcl_pipe {
    set bereq.http.Connection = req.http.Connection;
    set bereq.http.Upgrade = req.http.Upgrade;
}

sub vcl_backend_fetch {
    unset bereq.http.X-Amphi-Url;
    if (bereq.uncacheable) { # passed on as it came
        unset bereq.http.X-Amphi-Bearer;
        return (fetch);
    }
    if (bereq.url ~ "^/hls/[^/]+/admission$") {
        if (bereq.http.X-Amphi-Bearer) {
            set bereq.http.Authorization = bereq.http.X-Amphi-Bearer;
        }
    } else {
        call amphi_edge;
    }
    unset bereq.http.X-Amphi-Bearer;
    return (fetch);
}

sub vcl_backend_response {
    # Nothing is shown beyond its time: an old list is a wrong list.
    set beresp.grace = 0s;
    set beresp.keep = 0s;
    if (bereq.uncacheable) {
        return (deliver);
    }
    unset beresp.http.Set-Cookie;
    if (bereq.url ~ "^/hls/[^/]+/admission$") {
        # So long a viewer who was removed still sees the class.
        if (beresp.status == 204) {
            set beresp.ttl = 5s;
        } elsif (beresp.status == 401 || beresp.status == 403) {
            set beresp.ttl = 2s;
        } else {
            set beresp.ttl = 0s;
        }
        if (beresp.http.X-Accel-Expires == "0") {
            set beresp.ttl = 0s; # There is no such class yet.
        }
        return (deliver);
    }
    # Not "uncacheable": that would be remembered, and the address be shared no more.
    if (beresp.status != 200) {
        set beresp.ttl = 0s;
    } elsif (beresp.http.X-Accel-Expires) {
        # A class that is not for everybody: kept here, and by nobody behind.
        set beresp.ttl = std.duration(beresp.http.X-Accel-Expires + "s", 0s);
        unset beresp.http.X-Accel-Expires;
    } elsif (beresp.http.Cache-Control !~ "public") {
        set beresp.ttl = 0s;
    }
    return (deliver);
}

sub vcl_deliver {
    if (req.restarts == 0 && req.http.X-Amphi-Url && resp.status == 204) {
        set req.url = req.http.X-Amphi-Url;
        return (restart);
    }
    # The Age of what may be kept for a year says nothing; that of a list is read by players.
    unset resp.http.Via;
    unset resp.http.X-Varnish;
    return (deliver);
}
