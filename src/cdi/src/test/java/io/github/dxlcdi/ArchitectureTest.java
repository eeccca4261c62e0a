package io.github.dxlcdi;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import jakarta.enterprise.inject.spi.ObserverMethod;

/** The house: what may depend on what. */
@AnalyzeClasses(
        packages = {"io.github.dxlcdi", "com.opendxl.client"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String CLIENT_API = "com.opendxl.client..";
    private static final String CLIENT = "io.github.dxlcdi.client..";
    private static final String SPI = "io.github.dxlcdi.client.spi..";
    private static final String TIE = "io.github.dxlcdi.tie..";
    private static final String FABRIC = "io.github.dxlcdi.fabric..";
    private static final String[] CDI = {
        "io.github.dxlcdi",
        "io.github.dxlcdi.extension..",
        "io.github.dxlcdi.configuration..",
        "io.github.dxlcdi.lifecycle..",
        "io.github.dxlcdi.delivery..",
        "io.github.dxlcdi.health.."
    };

    @ArchTest
    static final ArchRule the_client_knows_nothing_above_it = noClasses()
            .that()
            .resideInAnyPackage(CLIENT_API, CLIENT)
            .should()
            .dependOnClassesThat(resideInAnyPackage(TIE, FABRIC).or(resideInAnyPackage(CDI)));

    @ArchTest
    static final ArchRule tie_knows_neither_the_fabric_nor_cdi = noClasses()
            .that()
            .resideInAPackage(TIE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(FABRIC, "jakarta..")
                    .and(not(resideInAPackage("jakarta.json..")))
                    .or(resideInAnyPackage(CDI)));

    @ArchTest
    static final ArchRule but_for_how_json_b_writes_its_records_tie_knows_nothing_of_jakarta_ee = noClasses()
            .that()
            .resideInAPackage(TIE)
            .and()
            .doNotHaveFullyQualifiedName("io.github.dxlcdi.tie.JsonbForm")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("jakarta..").and(not(resideInAPackage("jakarta.json.bind.annotation"))));

    @ArchTest
    static final ArchRule the_fabric_knows_no_cdi =
            noClasses().that().resideInAPackage(FABRIC).should().dependOnClassesThat(resideInAnyPackage(CDI));

    @ArchTest
    static final ArchRule nothing_in_production_knows_the_fabric = noClasses()
            .that()
            .resideOutsideOfPackage(FABRIC)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(FABRIC);

    @ArchTest
    static final ArchRule beyond_the_client_api_tie_and_cdi_use_the_spi_in_few_classes = noClasses()
            .that(resideInAnyPackage(CDI).or(resideInAnyPackage(TIE)))
            .and()
            .haveNameNotMatching("io\\.github\\.dxlcdi\\."
                    + "(lifecycle\\.SpiAccess|configuration\\.(ShownValue|PemCheck)|tie\\.ReceivedEvent).*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLIENT);

    @ArchTest
    static final ArchRule those_classes_use_nothing_but_the_spi = noClasses()
            .that(resideInAnyPackage(CDI).or(resideInAnyPackage(TIE)))
            .should()
            .dependOnClassesThat(resideInAnyPackage(CLIENT).and(DescribedPredicate.not(resideInAnyPackage(SPI))));

    @ArchTest
    static final ArchRule only_the_delivery_notifies_observers = noClasses()
            .that()
            .areNotAssignableTo("io.github.dxlcdi.delivery.Delivery")
            .should()
            .callMethodWhere(new DescribedPredicate<>("an observer is notified") {
                @Override
                public boolean test(com.tngtech.archunit.core.domain.JavaMethodCall call) {
                    return call.getTargetOwner().isEquivalentTo(ObserverMethod.class)
                            && call.getName().equals("notify");
                }
            });

    @ArchTest
    static final ArchRule netty_stays_where_the_network_is = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.github.dxlcdi.client.transport..",
                    "io.github.dxlcdi.client.connection..",
                    "io.github.dxlcdi.client.tls..",
                    FABRIC)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..");

    @ArchTest
    static final ArchRule health_is_optional = noClasses()
            .that()
            .resideOutsideOfPackage("io.github.dxlcdi.health..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.microprofile.health..");

    @ArchTest
    static final ArchRule log_records_hold_texts_alone = noClasses()
            .that()
            .doNotHaveSimpleName("TextLogger")
            .should()
            .callMethod(System.class, "getLogger", String.class);

    /** But for two names that the OpenDXL Java client has given. */
    @ArchTest
    static final ArchRule names_say_what_a_class_holds = classes()
            .that()
            .haveNameNotMatching("com\\.opendxl\\.client\\.(DxlUtils|JsonUtils)(\\$.*)?")
            .should()
            .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)");

    /** The packages of the API are as entangled as in the client whose names they bear, so they count as one. */
    @ArchTest
    static final ArchRule packages_are_free_of_cycles = slices().assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String name = type.getPackageName();
                    boolean api = name.equals("com.opendxl.client")
                            || name.equals("com.opendxl.client.message")
                            || name.equals("com.opendxl.client.callback");
                    return SliceIdentifier.of(api ? "com.opendxl.client" : name);
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles();
}
