-- Microvisor Tools in Neovim. Copy to ~/.config/nvim/plugin/microvisor.lua, or `:source` it.

local markers = { 'compile_commands.json', 'microvisor.toml', 'CMakeLists.txt', '.git' }

if vim.lsp.enable then -- Neovim 0.11 and later
  vim.lsp.config('microvisor', {
    cmd = { 'microvisor', 'lsp' },
    filetypes = { 'c', 'cpp' },
    root_markers = markers,
  })
  vim.lsp.enable('microvisor')
else
  local started = {} -- client ids by root folder
  vim.api.nvim_create_autocmd('FileType', {
    pattern = { 'c', 'cpp' },
    callback = function(event)
      local file = vim.api.nvim_buf_get_name(event.buf)
      local folder = vim.fn.fnamemodify(file, ':p:h')
      local root = folder
      for _, marker in ipairs(markers) do
        local found = vim.fn.findfile(marker, folder .. ';')
        if found == '' then
          found = vim.fn.finddir(marker, folder .. ';')
        end
        if found ~= '' then
          root = vim.fn.fnamemodify(found, ':p:h')
          break
        end
      end
      started[root] = started[root]
        or vim.lsp.start_client({ name = 'microvisor', cmd = { 'microvisor', 'lsp' }, root_dir = root })
      vim.lsp.buf_attach_client(event.buf, started[root])
    end,
  })
end

-- The debugger, where the plugin nvim-dap is installed.
local has_dap, dap = pcall(require, 'dap')
if has_dap then
  dap.adapters.microvisor = { type = 'executable', command = 'microvisor', args = { 'dap' } }
  dap.configurations.c = dap.configurations.c or {}
  table.insert(dap.configurations.c, {
    type = 'microvisor',
    request = 'launch',
    name = 'Microvisor: debug firmware',
    program = function()
      return vim.fn.input('Firmware: ', vim.fn.getcwd() .. '/', 'file')
    end,
    cwd = '${workspaceFolder}',
    stopAtMain = true,
  })
  dap.configurations.cpp = dap.configurations.cpp or dap.configurations.c
end
