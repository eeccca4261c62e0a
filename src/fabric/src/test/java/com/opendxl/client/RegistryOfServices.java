package com.opendxl.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.jr.ob.JSON;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for the broker's registry of services: a client that answers as a test wants, and writes down what it got. */
final class RegistryOfServices {
    static final String REGISTER = "/mcafee/service/dxl/svcregistry/register";
    static final String UNREGISTER = "/mcafee/service/dxl/svcregistry/unregister";

    final List<Request> registered = new CopyOnWriteArrayList<>();
    final List<Request> unregistered = new CopyOnWriteArrayList<>();

    /** Both in the order of their arrival. */
    final List<Request> all = new CopyOnWriteArrayList<>();

    /** {@code REGISTER} and {@code UNREGISTER} in the order of their arrival. */
    final List<String> order = new CopyOnWriteArrayList<>();

    private final DxlClient client;

    /** What to do with a registration. */
    volatile Answer answer = Answer.YES;

    /** What to do with the end of one. */
    volatile Answer answerToTheEnd = Answer.YES;

    enum Answer {
        YES,
        NO,
        SILENCE
    }

    RegistryOfServices(DxlClient client) throws DxlException {
        this.client = client;
        client.subscribe(REGISTER);
        client.subscribe(UNREGISTER);
        client.addRequestCallback(REGISTER, request -> {
            registered.add(request);
            all.add(request);
            order.add("REGISTER");
            answer(request, answer);
        });
        client.addRequestCallback(UNREGISTER, request -> {
            unregistered.add(request);
            all.add(request);
            order.add("UNREGISTER");
            answer(request, answerToTheEnd);
        });
    }

    static Map<String, Object> json(Request request) {
        try {
            return JSON.std.mapFrom(new String(request.getPayload(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(Request request, Answer how) {
        try {
            if (how == Answer.YES) {
                client.sendResponse(new Response(request));
            } else if (how == Answer.NO) {
                client.sendResponse(new ErrorResponse(request, 0x80000011, "service limit exceeded"));
            }
        } catch (DxlException e) {
            // The one who asked has gone.
        }
    }
}
