/* Check.java - veraPDF's opinion of PDF files: PDF/UA-1 and PDF/A-2a, in TAP.
 *
 * usage: java Check FILE...       one test for each file and standard; what failed stands below it.
 * SPDX-License-Identifier: EUPL-1.2 */
import java.io.FileInputStream;
import java.io.InputStream;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public final class Check {
    private static int number;

    private static void report(String file, PDFAFlavour flavour, ValidationResult result) {
        boolean fine = result.isCompliant() && result.getTotalAssertions() > 0;

        System.out.printf("%s %d - %s is %s (%d assertions)%n", fine ? "ok" : "not ok", ++number, file,
                flavour, result.getTotalAssertions());
        for (Map.Entry<?, Integer> failed : result.getFailedChecks().entrySet())
            System.out.printf("# %s: %d times%n", failed.getKey(), failed.getValue());
        for (TestAssertion a : result.getTestAssertions())
            if (a.getStatus() == TestAssertion.Status.FAILED)
                System.out.printf("# %s at %s%n", a.getMessage(), a.getLocation().getContext());
    }

    private static void check(String file, PDFAFlavour flavour) throws Exception {
        try (InputStream in = new FileInputStream(file);
             PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            report(file, flavour, validator.validate(parser));
        }
    }

    public static void main(String[] files) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files)
            for (PDFAFlavour flavour : new PDFAFlavour[] { PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A })
                check(file, flavour);
        System.out.printf("1..%d%n", number);
    }
}
