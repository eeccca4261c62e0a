package io.github.dxlcdi.health;

import io.github.dxlcdi.lifecycle.FabricLifecycle;
import io.github.dxlcdi.lifecycle.FabricSecurity;
import io.github.dxlcdi.lifecycle.FabricState;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The two checks: the extension runs; the application is connected and subscribed. */
public final class DxlHealth {
    private DxlHealth() {}

    /**
     * Adds the checks as beans.
     *
     * @param identity distinguishes the beans of applications that share a container
     */
    public static void addBeans(
            AfterBeanDiscovery beans, UUID identity, Supplier<FabricLifecycle> lifecycle, boolean withReadiness) {
        add(beans, identity, Liveness.Literal.INSTANCE, () -> alive(lifecycle.get()));
        if (withReadiness) {
            add(
                    beans,
                    identity,
                    Readiness.Literal.INSTANCE,
                    () -> ready(lifecycle.get().state(), lifecycle.get().security()));
        }
    }

    private static void add(AfterBeanDiscovery beans, UUID identity, Annotation kind, HealthCheck check) {
        beans.<HealthCheck>addBean()
                .id(DxlHealth.class.getName() + "/" + kind.annotationType().getSimpleName() + "/" + identity)
                .beanClass(DxlHealth.class)
                .types(HealthCheck.class, Object.class)
                .qualifiers(kind)
                .scope(Singleton.class)
                .produceWith(instance -> check);
    }

    private static HealthCheckResponse alive(FabricLifecycle lifecycle) {
        return HealthCheckResponse.named("dxl-extension")
                .status(lifecycle.isRunning())
                .build();
    }

    private static HealthCheckResponse ready(FabricState state, Optional<FabricSecurity> security) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("dxl-fabric")
                .status(state.ready())
                .withData("state", state.phase())
                .withData("since", state.since().truncatedTo(ChronoUnit.MILLIS).toString())
                .withData("subscriptions", state.subscriptions())
                .withData("queueDepth", state.queueDepth())
                .withData(
                        "oldestDeliverySeconds",
                        state.oldestDelivery()
                                .map(oldest -> oldest.duration().toSeconds())
                                .orElse(0L));
        state.oldestDelivery().ifPresent(oldest -> response.withData("oldestDeliveryObserver", oldest.observer()));
        state.broker().ifPresent(broker -> response.withData("broker", broker));
        state.lastError().ifPresent(error -> response.withData("lastError", error));
        security.ifPresent(known -> tell(known, response));
        return response.build();
    }

    private static void tell(FabricSecurity security, HealthCheckResponseBuilder response) {
        security.tls()
                .ifPresent(tls -> response.withData("tls", tls)
                        .withData("forwardSecrecy", security.forwardSecrecy())
                        .withData("checked", security.hostNameChecked() ? "authority and host name" : "authority"));
        Instant now = Instant.now();
        response.withData(
                        "clientCertificateExpires",
                        security.certificateExpires().toString())
                .withData("clientCertificateDaysLeft", daysLeft(now, security.certificateExpires()))
                .withData("authorityExpires", security.authorityExpires().toString())
                .withData("authorityDaysLeft", daysLeft(now, security.authorityExpires()));
    }

    /** Whole days; negative once it has ended. */
    private static long daysLeft(Instant now, Instant end) {
        return Math.floorDiv(
                Duration.between(now, end).toSeconds(), Duration.ofDays(1).toSeconds());
    }
}
