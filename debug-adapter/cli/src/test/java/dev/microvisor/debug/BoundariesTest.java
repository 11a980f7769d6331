package dev.microvisor.debug;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the command line may not know. */
@AnalyzeClasses(
        packages = "dev.microvisor.debug",
        importOptions = ImportOption.DoNotIncludeTests.class)
class BoundariesTest {
    @ArchTest
    static final ArchRule noProtocolAndNoServer =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.eclipse.lsp4j..",
                            "dev.microvisor.analysis..",
                            "dev.microvisor.dap.request..",
                            "dev.microvisor.dap.session..");
}
