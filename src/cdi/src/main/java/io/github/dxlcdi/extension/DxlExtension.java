package io.github.dxlcdi.extension;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import io.github.dxlcdi.configuration.ConfigurationProblem;
import io.github.dxlcdi.configuration.DxlConfiguration;
import io.github.dxlcdi.health.ArchiveOfHealthChecks;
import io.github.dxlcdi.health.DxlHealth;
import io.github.dxlcdi.lifecycle.FabricLifecycle;
import io.github.dxlcdi.lifecycle.OwnBeans;
import io.github.dxlcdi.tie.log.TextLogger;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Conversation;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeShutdown;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessInjectionPoint;
import jakarta.enterprise.inject.spi.ProcessObserverMethod;
import jakarta.enterprise.inject.spi.ProcessSyntheticObserverMethod;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Brings the fabric into the container. It registers:
 *
 * <ul>
 *   <li>a bean {@link DxlClient}, {@code @Singleton} because the client's methods are final and no proxy could stand in for
 *       it; not if the application has such a bean;
 *   <li>with MicroProfile Health on the class path a liveness and a readiness check; not if {@code dxl.health.enabled}, or
 *       for the second {@code dxl.health.readiness}, is false.
 * </ul>
 *
 * The observers below stand in the order in which the container calls them. Some containers leave out one of the two starts
 * and some of the three ends; the first of each counts.
 */
public class DxlExtension implements Extension {
    private static final Logger LOG = TextLogger.of("io.github.dxlcdi.extension");

    /** What the container fires when a request context begins and ends. */
    private static final Set<Annotation> OF_REQUEST_CONTEXTS =
            Set.of(Initialized.Literal.REQUEST, BeforeDestroyed.Literal.REQUEST, Destroyed.Literal.REQUEST);

    private final SubscriptionPlan plan = new SubscriptionPlan();

    /** In ids of beans: the WARs of an EAR may share a container, where what has one id is one bean. */
    private final UUID identity = UUID.randomUUID();

    /** Whether the application injects a client. */
    private boolean clientWanted;

    /** Whether the application has a bean of these types itself. */
    private boolean ownClient;

    private boolean ownClientConfig;

    /** Whether a bean or an observer could tell if there is a request context. */
    private boolean requestContextNeeded;

    private DxlConfiguration configuration;
    private FabricLifecycle lifecycle;

    void leaveOut(@Observes ProcessAnnotatedType<ArchiveOfHealthChecks> marker) {
        marker.veto();
    }

    <T, X> void noteObserver(@Observes ProcessObserverMethod<T, X> observer) {
        boolean synthetic = observer instanceof ProcessSyntheticObserverMethod;
        plan.note(observer.getObserverMethod(), synthetic ? null : observer.getAnnotatedMethod());
        requestContextNeeded |=
                !Collections.disjoint(observer.getObserverMethod().getObservedQualifiers(), OF_REQUEST_CONTEXTS);
    }

    <T, X> void noteInjectedClient(@Observes ProcessInjectionPoint<T, X> point) {
        Type type = point.getInjectionPoint().getType();
        boolean lazily = type instanceof ParameterizedType lazy
                && lazy.getRawType() instanceof Class<?> raw
                && Provider.class.isAssignableFrom(raw)
                && lazy.getActualTypeArguments()[0] == DxlClient.class;
        clientWanted |= lazily || type == DxlClient.class;
    }

    <X> void noteOwnBean(@Observes ProcessBean<X> bean) {
        Set<Type> types = bean.getBean().getTypes();
        // Every container has a conversation, but only while it answers an HTTP request.
        requestContextNeeded |= bean.getBean().getScope() == RequestScoped.class && !types.contains(Conversation.class);
        boolean builtIn = bean.getBean().getBeanClass() == DxlExtension.class;
        // One with a qualifier of its own is for something else.
        if (!builtIn && bean.getBean().getQualifiers().contains(Default.Literal.INSTANCE)) {
            ownClient |= types.contains(DxlClient.class);
            ownClientConfig |= types.contains(DxlClientConfig.class);
        }
    }

    void addBeans(@Observes AfterBeanDiscovery beans, BeanManager container) {
        Config config;
        try {
            config = ConfigProvider.getConfig(applicationLoader());
        } catch (NoClassDefFoundError | IllegalStateException e) {
            // Without the API; or with an API in the application, and no implementation.
            beans.addDefinitionError(new DeploymentException(
                    "DXL1021 The server offers no MicroProfile Config to this application (" + e.getMessage()
                            + "). On Open Liberty add the feature mpConfig-3.1 to server.xml; on WildFly start with"
                            + " standalone-microprofile.xml",
                    e));
            return;
        }
        configuration = new DxlConfiguration(config);
        if (!ownClient) {
            beans.<DxlClient>addBean()
                    .id(DxlClient.class.getName() + "/" + identity)
                    .beanClass(DxlExtension.class)
                    .types(DxlClient.class, Object.class)
                    .scope(Singleton.class)
                    .produceWith(instance -> lifecycle.client(container));
        }
        if (configuration.health() && hasHealthApi()) {
            DxlHealth.addBeans(beans, identity, () -> lifecycle, configuration.readiness());
        }
    }

    void validate(@Observes AfterDeploymentValidation deployment, BeanManager container) {
        // Observers of extensions are not told to us; and who observes all events hears of request contexts, too.
        requestContextNeeded |= OF_REQUEST_CONTEXTS.stream()
                .anyMatch(qualifier -> !container
                        .resolveObserverMethods(new Object(), qualifier)
                        .isEmpty());
        lifecycle = new FabricLifecycle(
                configuration,
                plan.topics(),
                clientWanted || plan.isConnectionObserved(),
                new OwnBeans(ownClient, ownClientConfig, requestContextNeeded),
                plan::nameOf,
                applicationLoader());
        lifecycle.check();
        plan.warnOfUncallable(container);
        if (!FabricLifecycle.tellsOfConnection()) {
            plan.warnOfObserversOfConnections();
        }
        configuration.unknownKeys().forEach(key -> LOG.log(Level.WARNING, "DXL1003 {0}", key));
        for (ConfigurationProblem problem : configuration.problems()) {
            deployment.addDeploymentProblem(new DeploymentException("DXL1001 " + problem));
        }
    }

    void start(
            @Observes @Initialized(ApplicationScoped.class) @Priority(Interceptor.Priority.LIBRARY_AFTER) Object event,
            BeanManager container) {
        lifecycle.start(container);
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) Startup event, BeanManager container) {
        lifecycle.start(container);
    }

    void stop(@Observes Shutdown event) {
        stop();
    }

    void stop(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stop();
    }

    void stop(@Observes BeforeShutdown event) {
        stop();
    }

    private void stop() {
        if (lifecycle != null) {
            lifecycle.stop();
        }
    }

    /** The context's, unless it is that of an EAR around the WAR that brings us: it knows nothing of the WAR's classes. */
    private static ClassLoader applicationLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context != null && knowsUs(context) ? context : DxlExtension.class.getClassLoader();
    }

    private static boolean knowsUs(ClassLoader loader) {
        try {
            return Class.forName(DxlExtension.class.getName(), false, loader) == DxlExtension.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static boolean hasHealthApi() {
        try {
            Class.forName("org.eclipse.microprofile.health.HealthCheck", false, DxlExtension.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
