package dev.microvisor.catalog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The catalog knows nothing of the other modules, nor of any protocol. */
@AnalyzeClasses(
        packages = "dev.microvisor.catalog",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule IMPORTS_ONLY_JAVA_AND_GSON =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "com.google.gson..", "dev.microvisor.catalog..");

    @ArchTest
    static final ArchRule THE_CATALOG_DOES_NOT_KNOW_ITS_SDK_WRITER =
            classes()
                    .that()
                    .resideInAPackage("dev.microvisor.catalog")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "com.google.gson..", "dev.microvisor.catalog");
}
