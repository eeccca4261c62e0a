package io.github.dxlcdi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.opendxl.client.Broker;
import com.opendxl.client.Constants;
import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import com.opendxl.client.DxlUtils;
import com.opendxl.client.ReconnectDisconnectedStrategy;
import com.opendxl.client.ServiceRegistrationInfo;
import com.opendxl.client.callback.EventCallback;
import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.callback.ResponseCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Event;
import com.opendxl.client.message.Message;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.Fabric;
import java.io.UnsupportedEncodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs written in the style of the OpenDXL Java client's documentation compile without a change, and run. */
class OpenDxlStyleTest {
    private static final String EVENT_TOPIC = "/isecg/sample/basicevent";
    private static final String SERVICE_TOPIC = "/isecg/sample/basicservice";
    private static final int WAIT_SECONDS = 10;

    private static Fabric fabric;

    @TempDir
    private static Path folder;

    private static String configFile;

    @BeforeAll
    static void start() {
        fabric = Fabric.builder().start();
        fabric.writeConfig(folder);
        configFile = folder.resolve("dxlclient.config").toString();
    }

    @AfterAll
    static void stop() {
        fabric.close();
    }

    @Test
    void events_are_published_and_received() throws Exception {
        final int total = 100;
        final List<String> texts = Collections.synchronizedList(new ArrayList<String>());
        final CountDownLatch received = new CountDownLatch(total);

        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(configFile);
        try (DxlClient client = new DxlClient(config)) {
            client.connect();
            client.addEventCallback(EVENT_TOPIC, new EventCallback() {
                @Override
                public void onEvent(Event event) {
                    try {
                        texts.add(new String(event.getPayload(), Message.CHARSET_UTF8));
                    } catch (UnsupportedEncodingException e) {
                        texts.add(e.getMessage());
                    }
                    received.countDown();
                }
            });

            for (int count = 0; count < total; count++) {
                Event event = new Event(EVENT_TOPIC);
                event.setPayload(Integer.toString(count).getBytes(Message.CHARSET_UTF8));
                client.sendEvent(event);
            }

            assertThat(received.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(texts).hasSize(total).startsWith("0", "1").endsWith("99");
    }

    /** Answers with the text that came, in upper case; or with an error if there is none. */
    private static class UpperCaseCallback implements RequestCallback {
        private final DxlClient client;

        UpperCaseCallback(DxlClient client) {
            this.client = client;
        }

        @Override
        public void onRequest(Request request) {
            try {
                String text = new String(request.getPayload(), Message.CHARSET_UTF8);
                Response response = text.isEmpty()
                        ? new ErrorResponse(client, request, 9090, "There is no text")
                        : new Response(client, request);
                response.setPayload(text.toUpperCase().getBytes(Message.CHARSET_UTF8));
                client.sendResponse(response);
            } catch (UnsupportedEncodingException | DxlException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void a_service_is_registered_and_answers() throws Exception {
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(configFile);
        try (DxlClient client = new DxlClient(config)) {
            client.connect();
            ServiceRegistrationInfo info = new ServiceRegistrationInfo(client, "/isecg/sample");
            info.addTopic(SERVICE_TOPIC, new UpperCaseCallback(client));
            info.addMetadata("key", "value");
            client.registerServiceSync(info, WAIT_SECONDS * 1000);

            Request request = new Request(client, SERVICE_TOPIC);
            request.setPayload("hello".getBytes(Message.CHARSET_UTF8));
            Response response = client.syncRequest(request, WAIT_SECONDS * 1000);
            assertThat(response.getMessageType()).isEqualTo(Message.MESSAGE_TYPE_RESPONSE);
            assertThat(new String(response.getPayload(), Message.CHARSET_UTF8)).isEqualTo("HELLO");

            final BlockingQueue<Response> responses = new LinkedBlockingQueue<Response>();
            client.asyncRequest(new Request(client, SERVICE_TOPIC), new ResponseCallback() {
                @Override
                public void onResponse(Response response) {
                    responses.add(response);
                }
            });
            Response refusal = responses.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            assertThat(refusal.getMessageType()).isEqualTo(Message.MESSAGE_TYPE_ERROR);
            assertThat(((ErrorResponse) refusal).getErrorCode()).isEqualTo(9090);

            client.unregisterServiceSync(info, WAIT_SECONDS * 1000);
        }
    }

    /** A program that extends the client, and uses what is beside it. */
    private static class OwnClient extends DxlClient {
        private final List<String> services = new ArrayList<String>();

        OwnClient(DxlClientConfig config) throws DxlException {
            super(config, false);
            init();
            setDisconnectedStrategy(new ReconnectDisconnectedStrategy());
            addEventCallback(Constants.DXL_SERVICE_REGISTER_TOPIC, event -> services.add(event.getMessageId()), false);
        }

        List<String> wildcards(String topic) throws DxlException {
            final List<String> wildcards = new ArrayList<String>();
            try {
                checkInitialized();
                DxlUtils.iterateWildcards(
                        new DxlUtils.WildcardCallback() {
                            @Override
                            public void onNextWildcard(String wildcard) {
                                wildcards.add(wildcard);
                            }
                        },
                        topic);
            } catch (Exception e) {
                DxlUtils.throwWrappedException("No wildcards", e);
            }
            return wildcards;
        }
    }

    @Test
    void a_subclass_with_a_configuration_made_by_hand_connects() throws Exception {
        DxlClientConfig file = DxlClientConfig.createDxlConfigFromFile(configFile);
        List<Broker> brokers = new ArrayList<Broker>();
        for (Broker broker : file.getBrokerList()) {
            brokers.add(broker.clone());
        }
        DxlClientConfig config = new DxlClientConfig(
                folder.resolve("ca-bundle.crt").toString(),
                folder.resolve("client.crt").toString(),
                folder.resolve("client.key").toString(),
                brokers);

        try (OwnClient client = new OwnClient(config)) {
            client.connect();

            assertThat(client.isConnected()).isTrue();
            assertThat(client.getCurrentBroker()).isEqualTo(brokers.get(0));
            assertThat(client.wildcards("/a/b")).containsExactly("/a/#", "/#", "#");
            assertThat(client.getReplyToTopic()).isEqualTo("/mcafee/client/" + config.getUniqueId());
        }
    }
}
