;;; dap-mode.el --- Emacs dap-mode as a client of the debug adapter  -*- lexical-binding: t -*-
;; Arguments after "--": the ELF file, main.c, the line to break at, and the adapter's command.
;; Prints what it sees; ends with status 0 when the session came to its end.
(package-initialize)
(require 'dap-mode)
;; dap-mode defines this one only with its user interface.
(defvar dap-exception-breakpoints nil)
(setq dap-auto-configure-features nil
      dap-auto-show-output nil
      dap-print-io nil
      dap-breakpoints-file (make-temp-file "breakpoints")
      lsp-session-file (make-temp-file "lsp-session")
      enable-local-variables nil)
(let* ((arguments (cdr (member "--" command-line-args)))
       (elf (pop arguments))
       (source (pop arguments))
       (line (string-to-number (pop arguments)))
       (patience (+ (float-time) 300))
       (stops 0))
  (setq command-line-args-left nil)
  (cl-flet ((await (what predicate)
              (while (not (funcall predicate))
                (when (> (float-time) patience)
                  (message "no %s" what)
                  (kill-emacs 1))
                (accept-process-output nil 0.02))))
    ;; dap-mode shows a new frame after each stop, also after one that it did not ask for itself.
    (add-hook 'dap-stack-frame-changed-hook
              (lambda (session)
                (let ((frame (dap--debug-session-active-frame session)))
                  (when frame
                    (setq stops (1+ stops))
                    (message "stop %d: %s:%d" stops (gethash "name" frame) (gethash "line" frame))))))
    (dap-register-debug-provider "microvisor" #'identity)
    (with-current-buffer (find-file-noselect source)
      (goto-char (point-min))
      (forward-line (1- line))
      (dap-breakpoint-add)
      (dap-start-debugging (list :type "microvisor" :request "launch" :name "Firmware"
                                 :program elf :dap-server-path arguments :cwd default-directory))
      (let ((frame-of (lambda () (let ((s (dap--cur-session)))
                                   (and s (dap--debug-session-active-frame s))))))
        (await "stop in main" (lambda () (and (= stops 1) (funcall frame-of))))
        (dap-next (dap--cur-session))
        (await "stop after next" (lambda () (and (= stops 2) (funcall frame-of))))
        (dap--send-message (dap--make-request "stepBack" (list :threadId 1))
                           #'ignore (dap--cur-session))
        (await "stop after stepBack" (lambda () (and (= stops 3) (funcall frame-of))))
        (dap-continue (dap--cur-session) 1)
        (await "breakpoint" (lambda () (and (= stops 4) (funcall frame-of))))
        (let ((answer nil))
          (dap--send-message (dap--make-request "evaluate" (list :expression "mv channels" :context "repl"))
                             (lambda (message) (setq answer (gethash "body" message)))
                             (dap--cur-session))
          (await "answer" (lambda () answer))
          (message "channels: %s" (gethash "result" answer)))
        (message "done"))))
  (kill-emacs 0))
