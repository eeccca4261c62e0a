package io.github.dxlcdi.fabric.junit;

import io.github.dxlcdi.fabric.Detections;
import io.github.dxlcdi.fabric.Fabric;
import io.github.dxlcdi.fabric.FabricBuilder;
import io.github.dxlcdi.fabric.Faults;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a DXL fabric, and the application under test the way to it.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FabricExtension FABRIC = FabricExtension.perClass().with("dxl.reconnect.max-delay", "1s");
 *
 * @Test
 * void a_detection_is_quarantined(Detections detections) {
 *     FileDetection detection = detections.awaitSubscriber().publishRandom();
 *     …
 * }
 * }</pre>
 *
 * <p>A method, a constructor or a lifecycle method takes {@link Fabric}, {@link Detections} or {@link Faults} as a
 * parameter (beside weld-junit5, which takes all parameters for itself, with {@code @ExplicitParamInjection} on the
 * class). While the tests of the class run, the values of {@link Fabric#configuration()} and of {@link #with} are system
 * properties, which MicroProfile Config reads in every implementation and which win over the application's own file; so
 * an application that is started in the JVM of the test (by weld-junit5, say) joins the fabric. One in a process of its
 * own is given {@link Fabric#configuration()} or {@link Fabric#writeConfig}. The properties are put back afterwards.
 *
 * <p>In a static field it starts before a container that starts for each test; where both start for a class, the one that
 * is declared first starts first. In an instance field each test has a fabric of its own, unless one instance of the class
 * serves all its tests. System properties belong to the whole JVM, so classes that use this must not run at the same time
 * in one: {@code @ResourceLock(Resources.SYSTEM_PROPERTIES)} keeps them apart.
 */
public final class FabricExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace ALL = ExtensionContext.Namespace.create(FabricExtension.class);

    /** A class may have several extensions, each with its own fabric; nested classes have that of the outer one. */
    private final ExtensionContext.Namespace mine = ExtensionContext.Namespace.create(FabricExtension.class, this);

    private final boolean shared;
    private final FabricBuilder settings;
    private final Map<String, String> more = new LinkedHashMap<>();

    /** The one that the test which runs has; null before and after. */
    private Fabric current;

    /** {@link #perClass()}, for {@code @ExtendWith}. */
    public FabricExtension() {
        this(false, Fabric.builder());
    }

    private FabricExtension(boolean shared, FabricBuilder settings) {
        this.shared = shared;
        this.settings = settings;
    }

    /** A fabric that starts before the first test of the class, and ends after the last. */
    public static FabricExtension perClass() {
        return perClass(Fabric.builder());
    }

    /** {@link #perClass()} with settings of one's own: several brokers, say. */
    public static FabricExtension perClass(FabricBuilder settings) {
        return new FabricExtension(false, Objects.requireNonNull(settings, "settings"));
    }

    /**
     * One fabric for all classes of this JVM that ask for the shared one; it starts when the first does, and ends with the
     * test run. Whoever breaks it mends it. What one test publishes every application that is connected receives.
     */
    public static FabricExtension shared() {
        return new FabricExtension(true, Fabric.builder());
    }

    /** One more value for MicroProfile Config, of the extension or of the application; it wins over the fabric's own. */
    public FabricExtension with(String key, String value) {
        more.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return this;
    }

    /**
     * The fabric of the test that runs.
     *
     * @throws IllegalStateException outside of tests
     */
    public Fabric fabric() {
        if (current == null) {
            throw new IllegalStateException(
                    "There is a fabric only while tests of the class run, and only in a field with"
                            + " @RegisterExtension");
        }
        return current;
    }

    /** The detections of {@link #fabric()}. */
    public Detections detections() {
        return fabric().detections();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        join(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        join(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        leave(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        leave(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Fabric.class || type == Detections.class || type == Faults.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Fabric fabric = fabric(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == Detections.class) {
            return fabric.detections();
        }
        return type == Faults.class ? fabric.faults() : fabric;
    }

    /** Starts and configures what isn't there yet: a class has done it for its tests and its nested classes. */
    private void join(ExtensionContext context) {
        current = fabric(context);
        ExtensionContext.Store store = context.getStore(mine);
        if (store.get(SystemProperties.class) == null) {
            Map<String, String> values = new LinkedHashMap<>(current.configuration());
            values.putAll(more);
            store.put(SystemProperties.class, SystemProperties.set(values));
        }
    }

    private void leave(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(mine);
        // Gives only what this very context has put there.
        SystemProperties properties = store.remove(SystemProperties.class, SystemProperties.class);
        if (properties != null) {
            properties.restore();
            current = null;
        }
        Fabric own = store.remove(Fabric.class, Fabric.class);
        if (own != null) {
            own.close();
        }
    }

    private Fabric fabric(ExtensionContext context) {
        // In the store of the whole run JUnit closes it, since it is AutoCloseable.
        ExtensionContext.Store store = shared ? context.getRoot().getStore(ALL) : context.getStore(mine);
        return store.getOrComputeIfAbsent(Fabric.class, key -> settings.start(), Fabric.class);
    }
}
