package com.opendxl.client;

import static com.opendxl.client.Responder.request;
import static com.opendxl.client.Responder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.opendxl.client.callback.RequestCallback;
import com.opendxl.client.exception.DxlException;
import com.opendxl.client.exception.WaitTimeoutException;
import com.opendxl.client.message.ErrorResponse;
import com.opendxl.client.message.Request;
import com.opendxl.client.message.Response;
import io.github.dxlcdi.fabric.Fabric;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Which callbacks a request reaches at a client that offers services, and who answers it if none. */
@ExtendWith(SharedFabric.class)
class ClientServiceRequestsTest {
    private static final String TYPE = "/test/service";
    private static final String TOPIC = "/test/service/echo";
    private static final int UNAVAILABLE = 0x80000001;
    private static final Clients CLIENTS = SharedFabric.clients();
    private static final Fabric FABRIC = SharedFabric.withoutServices();

    private DxlClient client;
    private DxlClient asker;
    private ServiceRegistrationInfo info;

    @TempDir
    private Path folder;

    @BeforeEach
    void connectAll() throws Exception {
        new RegistryOfServices(CLIENTS.connected(config()));
        client = CLIENTS.connected(config());
        asker = CLIENTS.connected(config());
        info = new ServiceRegistrationInfo(client, TYPE);
        info.addTopic(TOPIC, echo());
    }

    @Test
    void a_request_for_one_service_reaches_that_alone_and_one_for_none_reaches_all() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        ServiceRegistrationInfo one = service("one", asked);
        ServiceRegistrationInfo two = service("two", asked);
        client.registerServiceSync(one, 5_000);
        client.registerServiceSync(two, 5_000);

        Request addressed = request("/test/many", "");
        addressed.setServiceId(two.getServiceId());
        asker.asyncRequest(addressed);
        await().until(() -> asked.size() == 1);
        assertThat(asked).containsExactly("two");

        asker.asyncRequest(request("/test/many", ""));
        await().until(() -> asked.size() == 3);
        assertThat(asked).containsExactlyInAnyOrder("two", "one", "two");
    }

    @Test
    void a_request_for_a_service_that_is_not_here_is_answered_with_unavailable() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        ServiceRegistrationInfo other = service("other", asked);
        client.registerServiceSync(other, 5_000);
        Request request = request("/test/many", "");
        request.setServiceId("{3c1d0a54-7b0e-4c0e-9a55-2f5c6b7d8e90}");

        Response response = asker.syncRequest(request, 5_000);

        assertThat(response).isInstanceOf(ErrorResponse.class);
        assertThat(((ErrorResponse) response).getErrorCode()).isEqualTo(UNAVAILABLE);
        assertThat(response.getServiceId()).isEqualTo(request.getServiceId());
        assertThat(asked).isEmpty();
    }

    @Test
    void a_request_that_comes_when_its_service_has_just_gone_is_answered_with_unavailable() throws Exception {
        client.registerServiceSync(info, 5_000);
        client.unregisterServiceSync(info, 5_000);
        client.subscribe(TOPIC);
        Request request = request(TOPIC, "");
        request.setServiceId(info.getServiceId());

        Response response = asker.syncRequest(request, 5_000);

        assertThat(((ErrorResponse) response).getErrorCode()).isEqualTo(UNAVAILABLE);
    }

    @Test
    void a_request_for_services_of_others_is_no_business_of_ours() throws Exception {
        Outages outages = new Outages();
        client.fabricConnection().listen(outages);
        client.subscribe("/foreign");
        Request request = request("/foreign", "");
        request.setServiceId("{3c1d0a54-7b0e-4c0e-9a55-2f5c6b7d8e90}");

        assertThatThrownBy(() -> asker.syncRequest(request, 300)).isInstanceOf(WaitTimeoutException.class);

        assertThat(outages.order).containsExactly("unreadable");
    }

    @Test
    void a_service_with_a_wildcard_gets_what_is_below_it() throws Exception {
        info.addTopic("/wild/#", echo());
        client.registerServiceSync(info, 5_000);

        assertThat(text(asker.syncRequest(request("/wild/a/b", "x"), 5_000))).isEqualTo("x");
    }

    @Test
    void a_callback_that_throws_takes_nothing_from_the_others() throws Exception {
        info.addTopic("/test/throws", request -> {
            throw new IllegalStateException("thrown on purpose");
        });
        info.addTopic("/test/throws", echo());
        client.registerServiceSync(info, 5_000);
        List<Request> seen = new CopyOnWriteArrayList<>();
        client.addRequestCallback(null, request -> {
            throw new IllegalStateException("thrown on purpose");
        });
        client.addRequestCallback(null, seen::add);

        assertThat(text(asker.syncRequest(request("/test/throws", "x"), 5_000))).isEqualTo("x");
        assertThat(seen).hasSize(1);
    }

    @Test
    void a_removed_request_callback_gets_nothing_more() throws Exception {
        List<Request> seen = new CopyOnWriteArrayList<>();
        RequestCallback watcher = seen::add;
        client.addRequestCallback("/test/#", watcher);
        client.registerServiceSync(info, 5_000);
        asker.syncRequest(request(TOPIC, ""), 5_000);
        await().until(() -> seen.size() == 1);

        client.removeRequestCallback("/test/#", watcher);
        asker.syncRequest(request(TOPIC, ""), 5_000);

        assertThat(seen).hasSize(1);
    }

    private ServiceRegistrationInfo service(String name, List<String> asked) {
        ServiceRegistrationInfo service = new ServiceRegistrationInfo(client, TYPE);
        service.addTopic("/test/many", request -> asked.add(name));
        return service;
    }

    private RequestCallback echo() {
        return new Responder(client)::echo;
    }

    private DxlClientConfig config() throws DxlException {
        return Clients.config(FABRIC, folder);
    }
}
