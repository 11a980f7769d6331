package dev.microvisor.emulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The emulator knows the catalog only; inside, the core knows nothing of what lives on it. */
@AnalyzeClasses(packages = "dev.microvisor", importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule KNOWS_CATALOG_ONLY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.emulator..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.microvisor.analysis..",
                            "dev.microvisor.symbols..",
                            "dev.microvisor.debug..",
                            "dev.microvisor.adapter..",
                            "org.eclipse..");

    @ArchTest
    static final ArchRule THE_MACHINE_KNOWS_THE_KERNEL_ONLY_THROUGH_THE_SEAM =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.microvisor.emulator.core..",
                            "dev.microvisor.emulator.memory..",
                            "dev.microvisor.emulator.system..",
                            "dev.microvisor.emulator.machine..",
                            "dev.microvisor.emulator.guest..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.microvisor.emulator.kernel..",
                            "dev.microvisor.emulator.cloud..",
                            "dev.microvisor.emulator.peripherals..",
                            "dev.microvisor.catalog..");

    @ArchTest
    static final ArchRule THE_CORE_KNOWS_ONLY_MEMORY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.emulator.core..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.microvisor.emulator.system..",
                            "dev.microvisor.emulator.machine..");

    /** The interpreter's training runs made-up code on a memory of its own; no guest sees it. */
    @ArchTest
    static final ArchRule THE_GUEST_SEES_NO_HOST_CLOCK_OR_RANDOMNESS =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.microvisor.emulator.core..",
                            "dev.microvisor.emulator.memory..",
                            "dev.microvisor.emulator.system..")
                    .and()
                    .doNotHaveSimpleName("LoopTraining")
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching(
                            "java\\.util\\.Random|java\\.time\\..*Clock.*|java\\.util\\.Date");

    @ArchTest
    static final ArchRule ONE_PACKAGE_SPEAKS_MQTT_TO_THE_WORLD =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.microvisor.emulator.cloud.broker..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.hivemq..", "io.netty..", "io.reactivex..");
}
