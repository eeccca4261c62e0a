package io.github.dxlcdi.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RequestRoutingTest {
    private static final int UNAVAILABLE = 0x80000001;
    private static Fabric fabric;

    @BeforeAll
    static void start() {
        fabric = Fabric.start();
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @Test
    void a_request_goes_to_the_service_that_registered_its_topic_and_the_answer_comes_back() throws Exception {
        ClientIdentity other = fabric.newIdentity("service");
        try (DxlPeer service = DxlPeer.join(fabric, other).register("{s}", "/ask");
                DxlPeer monitor = DxlPeer.join(fabric).subscribe("/ask");
                DxlPeer client = DxlPeer.join(fabric)) {
            Request request = client.request("/ask", "question");

            Request arrived = service.nextRequest();
            assertThat(arrived.getServiceId()).isEqualTo("{s}");
            assertThat(arrived.getBrokerIds()).containsExactly(fabric.brokerId());
            assertThat(arrived.getClientIds()).singleElement().asString().startsWith(other.thumbprint() + ":");
            assertThat(arrived.getSourceClientId()).isEqualTo(fabric.identity().thumbprint());
            assertThat(DxlPeer.text(arrived)).isEqualTo("question");

            Response response = new Response(arrived);
            response.setPayload(new byte[] {1});
            service.publish(response);
            Response answer = client.answer(request);
            assertThat(answer.getPayload()).containsExactly(1);
            assertThat(answer.getServiceId()).isEqualTo("{s}");
        }
    }

    @Test
    void a_request_that_nobody_serves_is_refused_by_the_broker() throws Exception {
        try (DxlPeer client = DxlPeer.join(fabric)) {
            Request request = client.request("/nobody", "question");

            ErrorResponse refusal = client.refusal(request);
            assertThat(refusal.getErrorCode()).isEqualTo(UNAVAILABLE);
            assertThat(refusal.getErrorMessage()).isEqualTo("unable to locate service for request");
            assertThat(refusal.getMessageId()).matches("[0-9a-f-]{36}");
            assertThat(refusal.getSourceClientId()).isEqualTo(fabric.brokerId());
            assertThat(refusal.getSourceClientInstanceId()).isEqualTo(fabric.brokerId());
            assertThat(refusal.getSourceBrokerId()).isEqualTo(fabric.brokerId());
            assertThat(refusal.getBrokerIds()).isEqualTo(Set.of(fabric.brokerId()));
            assertThat(refusal.getClientIds())
                    .singleElement()
                    .asString()
                    .startsWith(fabric.identity().thumbprint() + ":");
        }
    }
}
