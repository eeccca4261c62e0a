package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;

/** A client that answers requests without having registered a service: it has subscribed to their topics by itself. */
record Responder(DxlClient client) {
    void onRequest(String topic, RequestCallback callback) throws DxlException {
        client.subscribe(topic);
        client.addRequestCallback(topic, callback);
    }

    /** Answers with the request's payload. */
    void echo(String topic) throws DxlException {
        onRequest(topic, this::echo);
    }

    void echo(Request request) {
        Response response = new Response(request);
        response.setPayload(request.getPayload());
        send(response);
    }

    /** From a callback, which can't throw what sending throws. */
    void send(Response response) {
        try {
            client.sendResponse(response);
        } catch (DxlException e) {
            throw new IllegalStateException(e);
        }
    }

    static Request request(String topic, String payload) {
        Request request = new Request(topic);
        request.setPayload(payload.getBytes(UTF_8));
        return request;
    }

    static String text(Response response) {
        return new String(response.getPayload(), UTF_8);
    }
}
