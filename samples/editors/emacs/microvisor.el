;;; microvisor.el --- Microvisor Tools in Emacs  -*- lexical-binding: t -*-

;; Put this file on `load-path' and (require 'microvisor), then, in a C buffer:
;;   M-x eglot            diagnostics, fixes and hovers, with eglot, or
;;   M-x lsp              the same with lsp-mode, beside clangd
;;   M-x dap-debug        the debugger, with dap-mode

;;; Code:

;; eglot serves one language server to a buffer, so this one takes clangd's place: remove these two
;; lines to keep clangd, and see the findings with `M-x compile' of "microvisor lint -f concise".
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs '((c-mode c++-mode) . ("microvisor" "lsp"))))

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection '("microvisor" "lsp"))
                    :activation-fn (lsp-activate-on "c" "cpp")
                    :add-on? t
                    :server-id 'microvisor)))

(with-eval-after-load 'dap-mode
  (dap-register-debug-provider
   "microvisor"
   (lambda (configuration)
     (dap--put-if-absent configuration :dap-server-path '("microvisor" "dap"))
     configuration))
  (dap-register-debug-template
   "Microvisor: debug firmware"
   (list :type "microvisor"
         :request "launch"
         :name "Microvisor: debug firmware"
         :program "build/app.elf"
         :cwd "${workspaceFolder}"
         :stopAtMain t)))

(provide 'microvisor)
;;; microvisor.el ends here
