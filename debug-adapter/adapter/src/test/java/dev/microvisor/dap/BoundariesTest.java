package dev.microvisor.dap;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the parts of this module may not know. */
@AnalyzeClasses(
        packages = {"dev.microvisor.dap", "dev.microvisor.gdb"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule noServerAndNoCommandLine =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.microvisor.analysis..",
                            "dev.microvisor.debug..",
                            "picocli..",
                            "org.eclipse.cdt..");

    @ArchTest
    static final ArchRule onlySessionAndRequestsKnowTheProtocol =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.microvisor.dap.firmware",
                            "dev.microvisor.dap.motion",
                            "dev.microvisor.dap.breakpoint",
                            "dev.microvisor.dap.view",
                            "dev.microvisor.dap.rtos",
                            "dev.microvisor.dap.report",
                            "dev.microvisor.gdb")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.eclipse.lsp4j..");

    @ArchTest
    static final ArchRule steppingKnowsNoDebugInformation =
            noClasses()
                    .that()
                    .resideInAPackage("dev.microvisor.dap.motion")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.microvisor.symbols..", "dev.microvisor.dap.view");
}
