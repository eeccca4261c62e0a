package com.opendxl.client.callback;

import com.opendxl.client.message.Request;

/** Is called for every request on the topic that it was added for. */
@FunctionalInterface
public interface RequestCallback extends MessageCallback {
    /**
     * Takes one request, and answers it with {@code DxlClient.sendResponse}, here or later. Runs on one of the client's
     * delivery threads, in the order of arrival among events and other requests. What it throws is logged, keeps no other
     * callback from the request, and is not told to the one who asked.
     */
    void onRequest(Request request);
}
