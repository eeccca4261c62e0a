package com.opendxl.client.callback;

import com.opendxl.client.message.Response;

/** Is called with the answer to a request, or with every answer on a topic. */
@FunctionalInterface
public interface ResponseCallback extends MessageCallback {
    /**
     * Takes an answer; an {@code ErrorResponse} tells a failure. Runs on one of the client's delivery threads, before what
     * waits in the queue. What it throws is logged.
     */
    void onResponse(Response response);
}
