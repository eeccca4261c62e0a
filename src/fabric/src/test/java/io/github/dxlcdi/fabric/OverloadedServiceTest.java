package io.github.dxlcdi.fabric;

import static io.github.dxlcdi.fabric.DxlPeer.SERVICE;
import static io.github.dxlcdi.fabric.RawClient.publish;
import static io.github.dxlcdi.fabric.RawClient.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service or a requester that doesn't read: the broker writes until its limit is reached. */
class OverloadedServiceTest {
    private static final int OVERLOADED = 0x80000002;
    private static final int PENDING_LIMIT = 1024 * 1024;
    private static final int BODY = 256 * 1024;

    /** More than the sockets and the limit take together. */
    private static final int MANY = 200;

    private Fabric fabric;

    @BeforeEach
    void start() {
        fabric = Fabric.builder().pendingBytesLimit(PENDING_LIMIT).start();
    }

    @AfterEach
    void stop() {
        fabric.close();
    }

    @Test
    void a_request_that_a_slow_service_loses_is_refused_and_the_service_stays() throws Exception {
        try (RawClient slow = RawClient.join(fabric);
                DxlPeer client = DxlPeer.join(fabric)) {
            Request registration = new Request(SERVICE + "svcregistry/register");
            registration.setPayload(JSON.std.asBytes(DxlPeer.service("{slow}", "/slow")));
            slow.send(publish(0, registration.getDestinationTopic(), registration.toBytes()));
            await().until(() -> fabric.services().size() == 1);

            ErrorResponse refusal = firstRefusal(client, "/slow");
            assertThat(refusal.getErrorCode()).isEqualTo(OVERLOADED);
            assertThat(refusal.getErrorMessage()).isEqualTo("service is overloaded");
            assertThat(refusal.getServiceId()).isEmpty();
            assertThat(refusal.getSourceClientId()).isEqualTo(fabric.brokerId());
            assertThat(fabric.services()).hasSize(1);
            assertThat(fabric.droppedMessages()).isPositive();
        }
    }

    @Test
    void so_is_one_that_a_slow_subscriber_loses() throws Exception {
        try (RawClient slow = RawClient.join(fabric);
                DxlPeer client = DxlPeer.join(fabric)) {
            slow.send(subscribe(5, "/slow", 0)).expect("9003000500");

            assertThat(firstRefusal(client, "/slow").getErrorCode()).isEqualTo(OVERLOADED);
        }
    }

    private static ErrorResponse firstRefusal(DxlPeer client, String topic) throws Exception {
        for (int i = 0; i < MANY; i++) {
            Request request = new Request(topic);
            request.setPayload(new byte[BODY]);
            client.send(request);
            client.request(SERVICE + "broker/health", "{}");
            if (client.next() instanceof ErrorResponse refusal) {
                assertThat(refusal.getRequestMessageId()).isEqualTo(request.getMessageId());
                return refusal;
            }
        }
        throw new AssertionError("None of " + MANY + " requests was refused");
    }

    @Test
    void answers_are_never_dropped() throws Exception {
        try (RawClient slow = RawClient.join(fabric);
                DxlPeer service = DxlPeer.join(fabric)) {
            slow.send(subscribe(5, "/mcafee/client/{slow}", 0)).expect("9003000500");
            Request request = new Request("/any");
            request.setReplyToTopic("/mcafee/client/{slow}");
            Response answer = new Response(request);
            answer.setPayload(new byte[BODY]);
            for (int i = 0; i < MANY; i++) {
                service.publish(answer);
            }
            service.settle();

            assertThat(fabric.droppedMessages()).isZero();
        }
    }
}
